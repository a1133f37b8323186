import { adjacencyOf, reachable } from '../core/graph/links.js';
import { graphRegistry } from '../core/graph/subgraph-registry.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';

/** The output nodes among `ids` and among all that is computed from them, in the document's order. */
export function followingOutputs(
  document: GraphDocument,
  ids: readonly NodeId[],
  registry: NodeRegistry,
): readonly NodeId[] {
  const { consumers } = adjacencyOf(document.nodes);
  const followers = new Set(ids.flatMap((id) => [id, ...reachable(id, consumers)]));
  const kinds = graphRegistry(document, registry);
  return Object.entries(document.nodes).flatMap(([id, { type }]) =>
    followers.has(id) && kinds.get(type)?.outputNode === true ? [id] : [],
  );
}
