import {
  addNode,
  addZone,
  applyPreset,
  removeNodes,
  renameNode,
  setMode,
  setWidget,
} from '../core/graph/edits.js';
import { duplicateNodes } from '../core/graph/fragment.js';
import { insertNode } from '../core/graph/insert-node.js';
import { connect, type Endpoint } from '../core/graph/link-edits.js';
import { own } from '../core/graph/own.js';
import { replaceNode } from '../core/graph/replace-node.js';
import { boundaryIds } from '../core/graph/subgraph-registry.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { isAssignable, isWidget, wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { EditIntent, PromotionIntent } from '../editor/intents.js';
import { texts } from '../texts/texts.js';
import { applied, appliedOrRefused, type Applied } from './intents/applied.js';
import { applyLayoutIntent, isLayoutIntent } from './intents/layout-intents.js';
import { applyLinkIntent, isLinkIntent } from './intents/link-intents.js';
import { applySubgraphIntent, isSubgraphIntent } from './intents/subgraph-intents.js';

export type { Applied } from './intents/applied.js';

/** What is asked of the level that is drawn, and of no other. */
export type LevelIntent = Exclude<EditIntent, PromotionIntent>;

/** Carries out what a gesture asks for. The same document comes back when nothing changes. */
export function applyIntent(
  document: GraphDocument,
  registry: NodeRegistry,
  intent: LevelIntent,
): Applied {
  if (isLayoutIntent(intent)) return applyLayoutIntent(document, intent);
  if (isLinkIntent(intent)) return applyLinkIntent(document, registry, intent);
  if (isSubgraphIntent(intent)) return applySubgraphIntent(document, registry, intent);
  const say = texts().edits;
  switch (intent.kind) {
    case 'add':
      return add(document, registry, intent);
    case 'set': {
      let changed = document;
      for (const [input, value] of Object.entries(intent.values)) {
        changed = setWidget(changed, intent.id, input, value);
      }
      return applied(say.set(Object.keys(intent.values).join(', ')), changed);
    }
    case 'preset': {
      const { preset, ids } = intent;
      return applied(say.preset(preset), applyPreset(document, registry, preset, ids));
    }
    case 'delete':
      return applied(say.delete, removeNodes(document, intent.ids.filter(isRemovable)));
    case 'mode': {
      const isOn = intent.ids.every((id) => own(document.nodes, id)?.mode === intent.mode);
      const mode = isOn ? undefined : intent.mode;
      return applied(say[intent.mode], setMode(document, intent.ids, mode));
    }
    case 'rename':
      return applied(say.rename, renameNode(document, intent.id, intent.title.trim()));
    case 'clone': {
      const copied = duplicateNodes(document, intent.ids, intent.offset);
      return applied(say.duplicate, copied.document, [...copied.ids.values()]);
    }
    case 'replace': {
      const { id, type } = intent;
      const name = say.replace(registry.get(type)?.displayName ?? type);
      return appliedOrRefused(name, document, replaceNode(document, registry, id, type));
    }
  }
}

/** The sockets of an opened subgraph cannot be deleted. */
function isRemovable(id: NodeId): boolean {
  return id !== boundaryIds.inputs && id !== boundaryIds.outputs;
}

function add(
  document: GraphDocument,
  registry: NodeRegistry,
  intent: Extract<EditIntent, { kind: 'add' }>,
): Applied {
  const definition = wiringOf(document, registry).registry.get(intent.type);
  if (!definition) return { document, name: texts().edits.add(intent.type), added: [] };
  const partner = definition.zone && !intent.link && partnerOf(registry, definition.zone.kind);
  if (partner) {
    const isStart = definition.zone.kind === 'start';
    const [start, end] = isStart ? [definition, partner] : [partner, definition];
    const made = addZone(document, start, end, { pos: intent.pos });
    return {
      document: made.document,
      name: texts().edits.addZone,
      added: [made.startId, made.endId],
    };
  }
  const { pos, values } = intent;
  const made = addNode(document, definition, { pos, ...(values && { inputs: values }) });
  if (intent.insert) {
    const inserted = insertNode(made.document, registry, made.id, intent.insert);
    const said = applied(
      texts().edits.add(definition.displayName),
      inserted.document ?? made.document,
      [made.id],
    );
    return inserted.refused === undefined ? said : { ...said, refused: inserted.refused };
  }
  const ends = intent.link && endsFor(made.document, registry, made.id, intent.link);
  const linked = ends && connect(made.document, registry, ...ends).document;
  return {
    document: linked ?? made.document,
    name: texts().edits.add(definition.displayName),
    added: [made.id],
  };
}

function partnerOf(registry: NodeRegistry, kind: 'start' | 'end') {
  return [...registry.values()].find(({ zone }) => zone !== undefined && zone.kind !== kind);
}

/** Both ends of the link from where a drag began to the first fitting socket of the new node. */
function endsFor(
  document: GraphDocument,
  registry: NodeRegistry,
  id: NodeId,
  link: { readonly side: 'input' | 'output'; readonly end: Endpoint },
): readonly [from: Endpoint, to: Endpoint] | undefined {
  const wiring = wiringOf(document, registry);
  const [near, far] = [wiring.sockets(id), wiring.sockets(link.end.node)];
  if (link.side === 'output') {
    const type = own(far?.outputs ?? {}, link.end.name)?.type ?? '';
    const inputs = Object.entries(near?.inputs ?? {}).filter(([, spec]) =>
      isAssignable(type, spec.type),
    );
    const name = (inputs.find(([, spec]) => !isWidget(spec)) ?? inputs[0])?.[0];
    return name === undefined ? undefined : [link.end, { node: id, name }];
  }
  const wanted = own(far?.inputs ?? {}, link.end.name)?.type ?? '';
  const name = Object.entries(near?.outputs ?? {}).find(([, spec]) =>
    isAssignable(spec.type, wanted),
  )?.[0];
  return name === undefined ? undefined : [{ node: id, name }, link.end];
}
