import { placeOf } from '../core/graph/flat-places.js';
import { adjacencyOf } from '../core/graph/links.js';
import { own } from '../core/graph/own.js';
import { subgraphKey } from '../core/graph/subgraph-registry.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeRecord,
  type Subgraph,
} from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';

const remembered = new WeakMap<
  GraphDocument['nodes'],
  {
    readonly ran: GraphDocument;
    readonly document: GraphDocument;
    readonly stale: ReadonlySet<NodeId>;
  }
>();

/**
 * The nodes whose results in `ran` may no longer be those of `document`: those that changed in a way that matters to
 * a run, and everything that depends on them; a zone goes as a whole. Of flattened documents, the subgraphs' nodes
 * around a stale node are stale too. Asking twice for the same documents costs nothing.
 */
export function staleNodes(
  ran: GraphDocument,
  document: GraphDocument,
  registry: NodeRegistry,
): ReadonlySet<NodeId> {
  const known = remembered.get(document.nodes);
  if (known && meansSame(known.ran, ran) && meansSame(known.document, document)) return known.stale;
  const stale = meansSame(ran, document) ? new Set<NodeId>() : spread(ran, document, registry);
  remembered.set(document.nodes, { ran, document, stale });
  return stale;
}

function meansSame(a: GraphDocument, b: GraphDocument): boolean {
  return a.nodes === b.nodes && a.subgraphs === b.subgraphs;
}

function spread(
  ran: GraphDocument,
  document: GraphDocument,
  registry: NodeRegistry,
): ReadonlySet<NodeId> {
  const { consumers } = adjacencyOf(document.nodes);
  const { zones } = wiringOf(document, registry);
  const stale = new Set<NodeId>();
  const changed = changedSubgraphs(ran, document);
  const open = Object.entries(document.nodes).flatMap(([id, record]) =>
    isSameRecord(own(ran.nodes, id), record) && !isInstanceOf(changed, record) ? [] : [id],
  );
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (stale.has(id)) continue;
    stale.add(id);
    open.push(...(consumers.get(id) ?? []));
    const zone = zones.zoneOf.get(id);
    if (zone !== undefined) open.push(...zone.body, zone.end);
  }
  for (const id of [...stale]) {
    const { path } = placeOf(id);
    for (let depth = 1; depth <= path.length; depth += 1) stale.add(path.slice(0, depth).join('/'));
  }
  return stale;
}

/** Keys of the definitions that another run would find changed, in themselves or in one that they contain. */
function changedSubgraphs(ran: GraphDocument, document: GraphDocument): ReadonlySet<string> {
  const table = Object.entries(document.subgraphs ?? {});
  const changed = new Set(
    table.flatMap(([key, subgraph]) => {
      const before = own(ran.subgraphs ?? {}, key);
      const isKept = before === subgraph || (before && meaningOf(before) === meaningOf(subgraph));
      return isKept ? [] : [key];
    }),
  );
  for (let count = -1; count !== changed.size;) {
    count = changed.size;
    for (const [key, { nodes }] of table) {
      if (Object.values(nodes).some((record) => isInstanceOf(changed, record))) changed.add(key);
    }
  }
  return changed;
}

function meaningOf({ nodes, inputs, outputs }: Subgraph): string {
  return JSON.stringify([nodes, inputs, outputs]);
}

function isInstanceOf(keys: ReadonlySet<string>, { type }: NodeRecord): boolean {
  const key = subgraphKey(type);
  return key !== undefined && keys.has(key);
}

/** Whether a run takes both records for the same. */
export function isSameRecord(before: NodeRecord | undefined, after: NodeRecord): boolean {
  if (before === after) return true;
  if (before?.type !== after.type || before.mode !== after.mode) return false;
  if (JSON.stringify(before.carried) !== JSON.stringify(after.carried)) return false;
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  return [...names].every((name) => {
    const [a, b] = [own(before.inputs, name), own(after.inputs, name)];
    if (isLink(a) && isLink(b)) return a.link[0] === b.link[0] && a.link[1] === b.link[1];
    return a === b;
  });
}
