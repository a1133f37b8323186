import { isEqual } from './diff.js';
import { isUnsafeKey } from './limits.js';
import { own } from './own.js';
import { freeKey } from './subgraph-make.js';
import { innermostFirst, subgraphKey, subgraphType } from './subgraph-registry.js';
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
  // What is inside comes first: a definition is the same only if all that it contains is.
  const sound = new Set(innermostFirst(added));
  for (const key of new Set([...sound, ...Object.keys(added)])) {
    const subgraph = own(added, key);
    if (!subgraph || isUnsafeKey(key)) continue;
    const there = own(table, key);
    const now = withKeys(subgraph, keys);
    if (there === undefined || isEqual(there, now)) {
      keys.set(key, key);
      table[key] = there ?? now;
    } else {
      const fresh = freeKey({ ...added, ...table });
      keys.set(key, fresh);
      table[fresh] = now;
    }
  }
  // Those that contain themselves speak of keys that are known only now.
  for (const [key, fresh] of keys) {
    const subgraph = own(added, key);
    if (subgraph && !sound.has(key) && own(present, fresh) === undefined) {
      table[fresh] = withKeys(subgraph, keys);
    }
  }
  return { subgraphs: table, keys };
}

function withKeys(subgraph: Subgraph, keys: ReadonlyMap<string, string>): Subgraph {
  const nodes = Object.entries(subgraph.nodes).map(([id, record]) => [id, rekeyed(record, keys)]);
  return { ...subgraph, nodes: Object.fromEntries(nodes) as Subgraph['nodes'] };
}

/** An instance under the key that its definition has now; any other node as it is. */
export function rekeyed(record: NodeRecord, keys: ReadonlyMap<string, string>): NodeRecord {
  const key = subgraphKey(record.type);
  const fresh = key === undefined ? undefined : keys.get(key);
  return fresh === undefined || fresh === key ? record : { ...record, type: subgraphType(fresh) };
}
