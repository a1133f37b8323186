import { isEqual } from './diff.js';
import { own } from './own.js';
import type { PublishedSubgraph } from './publish.js';
import { subgraphKey, subgraphType } from './subgraph-registry.js';
import type { GraphDocument, NodeRecord, PublishedMark, Subgraph } from './types.js';

type Subgraphs = Readonly<Record<string, Subgraph>>;

const known = new WeakMap<
  Subgraphs,
  {
    readonly library: readonly PublishedSubgraph[];
    readonly copies: ReadonlyMap<string, PublishedSubgraph>;
  }
>();

/** The mark of a published subgraph; undefined for one that was published before there were marks. */
export function markOf({ key, subgraphs }: PublishedSubgraph): PublishedMark | undefined {
  return own(subgraphs, key)?.published;
}

/**
 * The subgraphs of a document, by key, that are copies of what has been published anew since, each with the newest.
 * Asking twice for the same subgraphs and library costs nothing.
 */
export function outdatedCopies(
  { subgraphs }: Pick<GraphDocument, 'subgraphs'>,
  library: readonly PublishedSubgraph[],
): ReadonlyMap<string, PublishedSubgraph> {
  if (!subgraphs || library.length === 0) return new Map();
  const found = known.get(subgraphs);
  if (found?.library === library) return found.copies;
  const copies = new Map<string, PublishedSubgraph>();
  for (const [key, subgraph] of Object.entries(subgraphs)) {
    const { published: mark } = subgraph;
    const newest = mark && library.find((each) => markOf(each)?.title === mark.title);
    const now = newest && markOf(newest);
    if (!now || now.at <= mark.at || now.content === mark.content) continue;
    // A step back may have taken the mark of a copy that is as it was published.
    if (!isEqual({ ...subgraph, published: now }, own(newest.subgraphs, newest.key))) {
      copies.set(key, newest);
    }
  }
  known.set(subgraphs, { library, copies });
  return copies;
}

/** A published subgraph under a mark, in place of the one that it had. */
export function marked(published: PublishedSubgraph, mark: PublishedMark): PublishedSubgraph {
  const root = own(published.subgraphs, published.key);
  if (!root) return published;
  const subgraphs = { ...published.subgraphs, [published.key]: { ...root, published: mark } };
  return { ...published, subgraphs };
}

/**
 * What a published subgraph says, as plain data for a hash: the same whichever keys its parts have in a document,
 * whatever marks they bear and wherever somebody looked last.
 */
export function publishedContent({ key, subgraphs }: PublishedSubgraph): unknown {
  const places = new Map<string, number>([[key, 0]]);
  const plain = (record: NodeRecord): NodeRecord => {
    const inner = subgraphKey(record.type);
    if (inner === undefined || own(subgraphs, inner) === undefined) return record;
    const place = places.get(inner) ?? places.size;
    places.set(inner, place);
    return { ...record, type: subgraphType(String(place)) };
  };
  const parts: unknown[] = [];
  // The map grows while it is walked: parts come in the order in which they are met.
  for (const at of places.keys()) {
    const subgraph = own(subgraphs, at);
    if (!subgraph) continue;
    const { published: _mark, layout, nodes, ...rest } = subgraph;
    const { view: _view, ...places_ } = layout;
    const records = Object.entries(nodes).map(([id, record]) => [id, plain(record)] as const);
    parts.push({ ...rest, layout: places_, nodes: Object.fromEntries(records) });
  }
  return parts;
}
