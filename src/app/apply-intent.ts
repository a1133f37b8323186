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
import { moveNodes, resizeNode, setCollapsed } from '../core/graph/layout-edits.js';
import { connect, disconnect, type Endpoint } from '../core/graph/link-edits.js';
import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { isAssignable, isWidget, wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { EditIntent } from '../editor/intents.js';

/** A document after an edit, and the nodes that the edit made. */
export interface Applied {
  readonly document: GraphDocument;
  /** What the step is called in the history. */
  readonly name: string;
  readonly added: readonly NodeId[];
  /** Why nothing happened, for the user. */
  readonly refused?: string;
}

/** Carries out what a gesture asks for. The same document comes back when nothing changes. */
export function applyIntent(
  document: GraphDocument,
  registry: NodeRegistry,
  intent: EditIntent,
): Applied {
  const step = (name: string, changed: GraphDocument, added: readonly NodeId[] = []): Applied => ({
    document: changed,
    name,
    added,
  });
  switch (intent.kind) {
    case 'add':
      return add(document, registry, intent);
    case 'connect': {
      const freed = intent.instead ? disconnect(document, registry, intent.instead) : document;
      const result = connect(freed, registry, intent.from, intent.to);
      return result.document
        ? step('Connect', result.document)
        : { ...step('Connect', document), refused: result.refused };
    }
    case 'disconnect':
      return step('Disconnect', disconnect(document, registry, intent.to));
    case 'move':
      return step('Move', moveNodes(document, intent.positions));
    case 'resize':
      return step('Resize', resizeNode(document, intent.id, intent.size));
    case 'set': {
      let changed = document;
      for (const [input, value] of Object.entries(intent.values)) {
        changed = setWidget(changed, intent.id, input, value);
      }
      return step(`Set ${Object.keys(intent.values).join(', ')}`, changed);
    }
    case 'preset':
      return step(
        `Preset ${intent.preset}`,
        applyPreset(document, registry, intent.preset, intent.ids),
      );
    case 'delete':
      return step('Delete', removeNodes(document, intent.ids));
    case 'collapse': {
      const isOpen = intent.ids.some((id) => !own(document.layout.nodes, id)?.collapsed);
      return step(isOpen ? 'Collapse' : 'Unfold', setCollapsed(document, intent.ids, isOpen));
    }
    case 'mode': {
      const isOn = intent.ids.every((id) => own(document.nodes, id)?.mode === intent.mode);
      const name = intent.mode === 'mute' ? 'Mute' : 'Bypass';
      return step(name, setMode(document, intent.ids, isOn ? undefined : intent.mode));
    }
    case 'rename':
      return step('Rename', renameNode(document, intent.id, intent.title.trim()));
    case 'clone': {
      const copied = duplicateNodes(document, intent.ids, intent.offset);
      return step('Duplicate', copied.document, [...copied.ids.values()]);
    }
  }
}

function add(
  document: GraphDocument,
  registry: NodeRegistry,
  intent: Extract<EditIntent, { kind: 'add' }>,
): Applied {
  const definition = registry.get(intent.type);
  if (!definition) return { document, name: 'Add', added: [] };
  const partner = definition.zone && !intent.link && partnerOf(registry, definition.zone.kind);
  if (partner) {
    const isStart = definition.zone.kind === 'start';
    const [start, end] = isStart ? [definition, partner] : [partner, definition];
    const made = addZone(document, start, end, { pos: intent.pos });
    return { document: made.document, name: 'Add zone', added: [made.startId, made.endId] };
  }
  const { pos, values } = intent;
  const made = addNode(document, definition, { pos, ...(values && { inputs: values }) });
  const ends = intent.link && endsFor(made.document, registry, made.id, intent.link);
  const linked = ends && connect(made.document, registry, ...ends).document;
  return {
    document: linked ?? made.document,
    name: `Add ${definition.displayName}`,
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
