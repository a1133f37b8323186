import { own } from './own.js';
import { isLink, type GraphDocument, type NodeId, type NodeRecord } from './types.js';

/** One link as its target stores it. */
export interface StoredLink {
  readonly input: string;
  readonly node: NodeId;
  readonly output: string;
}

/** The links that a node stores at its inputs. */
export function linksInto(record: NodeRecord): readonly StoredLink[] {
  const links: StoredLink[] = [];
  for (const [input, stored] of Object.entries(record.inputs)) {
    if (isLink(stored)) links.push({ input, node: stored.link[0], output: stored.link[1] });
  }
  return links;
}

/** Who feeds whom, by node id, each pair once a link; links to nodes that do not exist are left out. */
export interface Adjacency {
  readonly suppliers: ReadonlyMap<NodeId, readonly NodeId[]>;
  readonly consumers: ReadonlyMap<NodeId, readonly NodeId[]>;
}

/** The links of a document as two lists a node. */
export function adjacencyOf(nodes: GraphDocument['nodes']): Adjacency {
  const suppliers = new Map<NodeId, NodeId[]>();
  const consumers = new Map<NodeId, NodeId[]>();
  for (const id of Object.keys(nodes)) {
    suppliers.set(id, []);
    consumers.set(id, []);
  }
  for (const [id, record] of Object.entries(nodes)) {
    for (const { node } of linksInto(record)) {
      if (own(nodes, node) === undefined) continue;
      suppliers.get(id)?.push(node);
      consumers.get(node)?.push(id);
    }
  }
  return { suppliers, consumers };
}

/** Every node that can be reached from `from` (not itself, unless by a cycle); `stop` is not passed through. */
export function reachable(
  from: NodeId,
  neighbours: ReadonlyMap<NodeId, readonly NodeId[]>,
  stop?: NodeId,
): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>();
  const open = [...(neighbours.get(from) ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || id === stop) continue;
    seen.add(id);
    open.push(...(neighbours.get(id) ?? []));
  }
  return seen;
}

/** The nodes whose links form circles; empty for a graph that can run. */
export function nodesInCycles({ suppliers, consumers }: Adjacency): ReadonlySet<NodeId> {
  const left = new Set(suppliers.keys());
  peel(left, suppliers, consumers);
  peel(left, consumers, suppliers);
  return left;
}

/** Takes away, one after another, the nodes that nothing left in `left` comes before. */
function peel(left: Set<NodeId>, before: Adjacency['suppliers'], after: Adjacency['suppliers']) {
  const waits = new Map<NodeId, number>();
  for (const id of left) {
    waits.set(id, (before.get(id) ?? []).filter((other) => left.has(other)).length);
  }
  const ready = [...left].filter((id) => waits.get(id) === 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    left.delete(id);
    for (const next of after.get(id) ?? []) {
      const count = (waits.get(next) ?? 0) - 1;
      waits.set(next, count);
      if (count === 0 && left.has(next)) ready.push(next);
    }
  }
}
