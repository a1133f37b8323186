import { own } from './own.js';
import { isUnsafeKey } from './limits.js';
import { freeKey } from './subgraph-make.js';
import { subgraphKey, subgraphType } from './subgraph-registry.js';
import type { NodeRecord, Subgraph } from './types.js';

type Subgraphs = Readonly<Record<string, Subgraph>>;

/** Definitions joined to those of a document, and under which key each came in. */
export interface MergedSubgraphs {
  readonly subgraphs: Subgraphs;
  readonly keys: ReadonlyMap<string, string>;
}

/** Adds definitions to others: the same one is used again, another one under a taken key gets a free one. */
export function mergeSubgraphs(present: Subgraphs, added: Subgraphs): MergedSubgraphs {
  const table: Record<string, Subgraph> = { ...present };
  const keys = new Map<string, string>();
  for (const [key, subgraph] of Object.entries(added)) {
    if (isUnsafeKey(key)) continue;
    const there = own(table, key);
    const isSame = there !== undefined && JSON.stringify(there) === JSON.stringify(subgraph);
    const fresh = there === undefined || isSame ? key : freeKey(table);
    keys.set(key, fresh);
    table[fresh] = subgraph;
  }
  for (const [key, fresh] of keys) {
    const subgraph = own(added, key);
    if (!subgraph) continue;
    const nodes = Object.entries(subgraph.nodes).map(([id, record]) => [id, rekeyed(record, keys)]);
    table[fresh] = { ...subgraph, nodes: Object.fromEntries(nodes) as Subgraph['nodes'] };
  }
  return { subgraphs: table, keys };
}

/** An instance under the key that its definition has now; any other node as it is. */
export function rekeyed(record: NodeRecord, keys: ReadonlyMap<string, string>): NodeRecord {
  const key = subgraphKey(record.type);
  const fresh = key === undefined ? undefined : keys.get(key);
  return fresh === undefined || fresh === key ? record : { ...record, type: subgraphType(fresh) };
}
