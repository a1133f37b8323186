import { moveNodes } from './layout-edits.js';
import { own } from './own.js';
import type { GraphDocument, NodeId, NodeLayout } from './types.js';

/** What nodes are lined up by: an edge, or their middles. */
export type Alignment = 'left' | 'right' | 'top' | 'bottom' | 'center-x' | 'center-y';

interface Box {
  readonly id: NodeId;
  readonly pos: readonly [number, number];
  readonly size: readonly [number, number];
}

type SizeOf = (id: NodeId) => readonly [width: number, height: number];

/** Lines nodes up; pinned ones stay. `sizeOf` tells the size of nodes that store none. */
export function alignNodes(
  document: GraphDocument,
  ids: readonly NodeId[],
  edge: Alignment,
  sizeOf: SizeOf,
): GraphDocument {
  const boxes = boxesOf(document, ids, sizeOf);
  const axis = edge === 'left' || edge === 'right' || edge === 'center-x' ? 0 : 1;
  const share = edge === 'left' || edge === 'top' ? 0 : edge.startsWith('center') ? 0.5 : 1;
  const lines = boxes.map(({ pos, size }) => pos[axis] + share * size[axis]);
  const low = Math.min(...lines);
  const high = Math.max(...lines);
  const line = share === 0 ? low : share === 1 ? high : (low + high) / 2;
  return place(document, boxes, axis, ({ size }) => line - share * size[axis]);
}

/** Makes the gaps between three or more nodes equal; the outermost and pinned ones stay. */
export function distributeNodes(
  document: GraphDocument,
  ids: readonly NodeId[],
  direction: 'x' | 'y',
  sizeOf: SizeOf,
): GraphDocument {
  const axis = direction === 'x' ? 0 : 1;
  const boxes = [...boxesOf(document, ids, sizeOf)].sort((a, b) => a.pos[axis] - b.pos[axis]);
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (!first || !last || boxes.length < 3) return document;
  const filled = boxes.reduce((sum, { size }) => sum + size[axis], 0);
  const span = last.pos[axis] + last.size[axis] - first.pos[axis];
  const gap = (span - filled) / (boxes.length - 1);
  const starts = new Map<NodeId, number>();
  let at = first.pos[axis];
  for (const { id, size } of boxes) {
    starts.set(id, at);
    at += size[axis] + gap;
  }
  return place(document, boxes, axis, ({ id, pos }) => starts.get(id) ?? pos[axis]);
}

function boxesOf(document: GraphDocument, ids: readonly NodeId[], sizeOf: SizeOf): readonly Box[] {
  return ids.flatMap((id) => {
    const layout = own(document.layout.nodes, id);
    return layout ? [{ id, pos: layout.pos, size: layout.size ?? sizeOf(id) }] : [];
  });
}

function place(
  document: GraphDocument,
  boxes: readonly Box[],
  axis: 0 | 1,
  at: (box: Box) => number,
): GraphDocument {
  const free = boxes.filter(({ id }) => !own(document.layout.nodes, id)?.pinned);
  const positions = free.map((box) => {
    const start = Math.round(at(box));
    const pos: NodeLayout['pos'] = axis === 0 ? [start, box.pos[1]] : [box.pos[0], start];
    return [box.id, pos] as const;
  });
  return moveNodes(document, new Map(positions));
}
