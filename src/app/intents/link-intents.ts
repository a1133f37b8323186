import { carryValue, removeCarried, renameCarried } from '../../core/graph/carried-edits.js';
import { insertNode } from '../../core/graph/insert-node.js';
import { moveNodes } from '../../core/graph/layout-edits.js';
import { connect, disconnect } from '../../core/graph/link-edits.js';
import { boundaryIds } from '../../core/graph/subgraph-registry.js';
import { exposeOutput } from '../../core/graph/subgraph-sockets.js';
import type { GraphDocument } from '../../core/graph/types.js';
import type { NodeRegistry } from '../../core/node/registry.js';
import type { EditIntent } from '../../editor/intents.js';
import { texts } from '../../texts/texts.js';
import { applied, appliedOrRefused, type Applied } from './applied.js';

const kinds = [
  'connect',
  'disconnect',
  'insert',
  'carry',
  'uncarry',
  'rename-carried',
] as const satisfies readonly EditIntent['kind'][];

/** A gesture that changes what feeds what. */
export type LinkIntent = Extract<EditIntent, { readonly kind: (typeof kinds)[number] }>;

/** Whether an intent changes links or carried values. */
export function isLinkIntent(intent: EditIntent): intent is LinkIntent {
  return kinds.some((kind) => kind === intent.kind);
}

/** Carries out a change of links; says why when it cannot. */
export function applyLinkIntent(
  document: GraphDocument,
  registry: NodeRegistry,
  intent: LinkIntent,
): Applied {
  const say = texts().edits;
  switch (intent.kind) {
    case 'connect': {
      const { from, to, instead, also = [] } = intent;
      const freed = instead ? disconnect(document, registry, instead) : document;
      let result = connect(freed, registry, from, to);
      for (const other of also) {
        if (result.document) result = connect(result.document, registry, from, other);
      }
      return appliedOrRefused(say.connect, document, result);
    }
    case 'disconnect':
      return applied(say.disconnect, disconnect(document, registry, intent.to));
    case 'insert': {
      const { id, to, pos } = intent;
      const moved = pos ? moveNodes(document, new Map([[id, pos]])) : document;
      return appliedOrRefused(say.insert, moved, insertNode(moved, registry, id, to));
    }
    case 'carry': {
      const { from, zone, name } = intent;
      const carried =
        zone === boundaryIds.outputs
          ? exposeOutput(document, registry, from, name)
          : carryValue(document, registry, from, zone, name);
      return appliedOrRefused(say.carry(name ?? from.name), document, carried);
    }
    case 'uncarry': {
      const { start, name } = intent;
      return applied(say.uncarry(name), removeCarried(document, registry, start, name));
    }
    case 'rename-carried': {
      const { start, name, to } = intent;
      const renamed = renameCarried(document, registry, start, name, to);
      return appliedOrRefused(say.renameCarried, document, renamed);
    }
  }
}
