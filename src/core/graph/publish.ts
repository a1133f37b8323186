import { freshId, withNode } from './edits.js';
import { isUnsafeKey } from './limits.js';
import { own } from './own.js';
import { freeKey, type MadeSubgraph } from './subgraph-make.js';
import { subgraphKey, subgraphType } from './subgraph-registry.js';
import type { GraphDocument, NodeId, NodeRecord, Point, Subgraph } from './types.js';

/** A subgraph with all that it contains, as a user's library keeps it: plain JSON, of no document. */
export interface PublishedSubgraph {
  readonly format: 'crossweave-subgraph';
  readonly version: 1;
  /** The key of the one that is published; the others are nested in it. */
  readonly key: string;
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
}

/** The subgraph that a node is an instance of, with what it contains; undefined when it is none. */
export function publishable(document: GraphDocument, id: NodeId): PublishedSubgraph | undefined {
  const { subgraphs = {} } = document;
  const key = subgraphKey(own(document.nodes, id)?.type ?? '');
  if (key === undefined || own(subgraphs, key) === undefined) return undefined;
  const found: Record<string, Subgraph> = {};
  const open = [key];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const subgraph = own(subgraphs, at);
    if (!subgraph || own(found, at)) continue;
    found[at] = subgraph;
    open.push(...Object.values(subgraph.nodes).flatMap(({ type }) => subgraphKey(type) ?? []));
  }
  return { format: 'crossweave-subgraph', version: 1, key, subgraphs: found };
}

/** Adds a node that is an instance of a published subgraph; definitions that are here already are used again. */
export function instantiate(
  document: GraphDocument,
  published: PublishedSubgraph,
  pos: Point,
): MadeSubgraph {
  if (own(published.subgraphs, published.key) === undefined) {
    return { refused: 'The published subgraph has no definition. Publish it anew.' };
  }
  const table: Record<string, Subgraph> = { ...document.subgraphs };
  const keys = new Map<string, string>();
  for (const [key, subgraph] of Object.entries(published.subgraphs)) {
    if (isUnsafeKey(key)) continue;
    const present = own(table, key);
    const isSame = present !== undefined && JSON.stringify(present) === JSON.stringify(subgraph);
    keys.set(key, present === undefined || isSame ? key : freeKey(table));
    table[keys.get(key) ?? key] = subgraph;
  }
  for (const [key, fresh] of keys) {
    const subgraph = own(published.subgraphs, key);
    if (subgraph) table[fresh] = { ...subgraph, nodes: rekeyed(subgraph.nodes, keys) };
  }
  const type = subgraphType(keys.get(published.key) ?? published.key);
  const id = freshId(document.nodes);
  const added = withNode(document, id, { type, version: 1, inputs: {} }, { pos });
  return { document: { ...added, subgraphs: table }, id };
}

function rekeyed(nodes: Subgraph['nodes'], keys: ReadonlyMap<string, string>): Subgraph['nodes'] {
  const entries = Object.entries(nodes).map(([id, record]) => {
    const fresh = keys.get(subgraphKey(record.type) ?? '');
    const next: NodeRecord =
      fresh === undefined ? record : { ...record, type: subgraphType(fresh) };
    return [id, next] as const;
  });
  return Object.fromEntries(entries);
}
