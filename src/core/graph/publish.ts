import { freshId, withNode } from './edits.js';
import { mergeSubgraphs } from './merge-subgraphs.js';
import { own } from './own.js';
import type { MadeSubgraph } from './subgraph-make.js';
import { subgraphKey, subgraphType } from './subgraph-registry.js';
import type { GraphDocument, NodeId, Point, Subgraph } from './types.js';

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
  const { subgraphs, keys } = mergeSubgraphs(document.subgraphs ?? {}, published.subgraphs);
  const type = subgraphType(keys.get(published.key) ?? published.key);
  const id = freshId(document.nodes);
  const added = withNode(document, id, { type, version: 1, inputs: {} }, { pos });
  return { document: { ...added, subgraphs }, id };
}
