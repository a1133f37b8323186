import { own } from '../../core/graph/own.js';
import { makeSubgraph } from '../../core/graph/subgraph-make.js';
import { subgraphKey } from '../../core/graph/subgraph-registry.js';
import { changeSocket, exposeInput } from '../../core/graph/subgraph-sockets.js';
import { unpackSubgraph } from '../../core/graph/subgraph-unpack.js';
import type { GraphDocument } from '../../core/graph/types.js';
import type { NodeRegistry } from '../../core/node/registry.js';
import type { EditIntent, SubgraphIntent } from '../../editor/intents.js';
import { texts } from '../../texts/texts.js';
import { appliedOrRefused, type Applied } from './applied.js';

const kinds = [
  'subgraph',
  'unpack',
  'expose',
  'subgraph-socket',
] as const satisfies readonly SubgraphIntent['kind'][];

/** Whether an intent makes, changes or takes apart a subgraph. */
export function isSubgraphIntent(intent: EditIntent): intent is SubgraphIntent {
  return kinds.some((kind) => kind === intent.kind);
}

/** Carries out a change of subgraphs; says why when it cannot. */
export function applySubgraphIntent(
  document: GraphDocument,
  registry: NodeRegistry,
  intent: SubgraphIntent,
): Applied {
  const say = texts().edits;
  switch (intent.kind) {
    case 'subgraph': {
      const made = makeSubgraph(document, registry, intent.ids, say.subgraphTitle);
      return appliedOrRefused(say.subgraph, document, made, made.document ? [made.id] : []);
    }
    case 'unpack': {
      const unpacked = unpackSubgraph(document, intent.id);
      const added = Object.keys(unpacked.document?.nodes ?? {}).filter(
        (id) => own(document.nodes, id) === undefined,
      );
      return appliedOrRefused(say.unpack, document, unpacked, added);
    }
    case 'expose': {
      const { to, name } = intent;
      const exposed = exposeInput(document, registry, to, name);
      return appliedOrRefused(say.expose(name ?? to.name), document, exposed);
    }
    case 'subgraph-socket': {
      const { id, side, name, change } = intent;
      const key = subgraphKey(own(document.nodes, id)?.type ?? '') ?? '';
      return appliedOrRefused(
        say.changeSocket,
        document,
        changeSocket(document, key, side, name, change),
      );
    }
  }
}
