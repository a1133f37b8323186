import { alignNodes, distributeNodes } from '../../core/graph/arrange-edits.js';
import {
  addGroup,
  addGroupAround,
  changeGroup,
  drawnSize,
  moveGroup,
  removeGroup,
} from '../../core/graph/group-edits.js';
import {
  moveNodes,
  resizeNode,
  setCollapsed,
  setColor,
  setPinned,
  setVia,
} from '../../core/graph/layout-edits.js';
import { own } from '../../core/graph/own.js';
import type { GraphDocument } from '../../core/graph/types.js';
import type { EditIntent } from '../../editor/intents.js';
import { texts } from '../../texts/texts.js';
import { applied, type Applied } from './applied.js';

type Kind =
  | 'move'
  | 'resize'
  | 'collapse'
  | 'group'
  | 'group-add'
  | 'group-set'
  | 'group-move'
  | 'group-delete'
  | 'pin'
  | 'color'
  | 'align'
  | 'distribute'
  | 'via';

/** A gesture that changes how the graph is drawn, never what it means. */
export type LayoutIntent = Extract<EditIntent, { readonly kind: Kind }>;

/** Whether an intent changes the drawing alone. */
export function isLayoutIntent(intent: EditIntent): intent is LayoutIntent {
  return intent.kind in performers;
}

/** Carries out a change of the drawing; pinned nodes are neither moved nor resized. */
export function applyLayoutIntent(document: GraphDocument, intent: LayoutIntent): Applied {
  const perform = performers[intent.kind] as (
    document: GraphDocument,
    intent: LayoutIntent,
  ) => Applied;
  return perform(document, intent);
}

type Performers = {
  readonly [K in Kind]: (
    document: GraphDocument,
    intent: Extract<EditIntent, { readonly kind: K }>,
  ) => Applied;
};

const performers: Performers = {
  move(document, { positions }) {
    const free = [...positions].filter(([id]) => !isPinned(document, id));
    return applied(texts().edits.move, moveNodes(document, new Map(free)));
  },
  resize(document, { id, size }) {
    const resized = isPinned(document, id) ? document : resizeNode(document, id, size);
    return applied(texts().edits.resize, resized);
  },
  collapse(document, { ids }) {
    const isOpen = ids.some((id) => !own(document.layout.nodes, id)?.collapsed);
    const name = isOpen ? texts().edits.collapse : texts().edits.unfold;
    return applied(name, setCollapsed(document, ids, isOpen));
  },
  group: (document, { ids, sizes }) =>
    applied(texts().edits.group, addGroupAround(document, ids, texts().edits.groupTitle, sizes)),
  'group-add': (document, { bounds }) =>
    applied(texts().edits.group, addGroup(document, { title: texts().edits.groupTitle, bounds })),
  'group-set': (document, { index, patch }) =>
    applied(texts().edits.changeGroup, changeGroup(document, index, patch)),
  'group-move': (document, { index, by, ids }) =>
    applied(texts().edits.moveGroup, moveGroup(document, index, by, ids)),
  'group-delete': (document, { index }) =>
    applied(texts().edits.ungroup, removeGroup(document, index)),
  pin(document, { ids }) {
    const isFree = ids.some((id) => !isPinned(document, id));
    const name = isFree ? texts().edits.pin : texts().edits.unpin;
    return applied(name, setPinned(document, ids, isFree));
  },
  color: (document, { ids, color }) => applied(texts().edits.color, setColor(document, ids, color)),
  align: (document, { ids, edge, sizes }) =>
    applied(texts().edits.align, alignNodes(document, ids, edge, drawnSize(sizes))),
  distribute: (document, { ids, axis, sizes }) =>
    applied(texts().edits.distribute, distributeNodes(document, ids, axis, drawnSize(sizes))),
  via: (document, { to, points }) =>
    applied(texts().edits.via, setVia(document, to.node, to.name, points)),
};

function isPinned({ layout }: GraphDocument, id: string): boolean {
  return own(layout.nodes, id)?.pinned === true;
}
