import { emptyDocument, freshId, withoutLinks } from './edits.js';
import { mergeSubgraphs, rekeyed } from './merge-subgraphs.js';
import { own } from './own.js';
import { boundaryIds, subgraphKey } from './subgraph-registry.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeLayout,
  type NodeRecord,
} from './types.js';

/**
 * Copies nodes into a document of their own, ids and links as they are: what the clipboard holds, as text made
 * by `serializeDocument` and read by `parseDocument`.
 */
export function copyFragment(document: GraphDocument, ids: readonly NodeId[]): GraphDocument {
  const nodes: Record<NodeId, NodeRecord> = {};
  const places: Record<NodeId, NodeLayout> = {};
  for (const id of ids) {
    if (id === boundaryIds.inputs || id === boundaryIds.outputs) continue;
    const record = own(document.nodes, id);
    const place = own(document.layout.nodes, id);
    if (record !== undefined) nodes[id] = record;
    if (record !== undefined && place !== undefined) places[id] = place;
  }
  const { subgraphs } = document;
  const isUsed = Object.values(nodes).some(({ type }) => subgraphKey(type) !== undefined);
  const empty = { ...emptyDocument(), nodes, layout: { nodes: places, groups: [] } };
  return isUsed && subgraphs ? { ...empty, subgraphs } : empty;
}

/** How a fragment is put in. */
export interface PasteOptions {
  /** Added to every place. */
  readonly offset: readonly [x: number, y: number];
  /** Keeps links from nodes outside the fragment that the document still has; otherwise they are dropped. */
  readonly keepLinks?: boolean;
}

/** Puts a fragment into a document under fresh ids, which come back by old id; inner links follow. */
export function pasteFragment(
  document: GraphDocument,
  fragment: GraphDocument,
  { offset, keepLinks = false }: PasteOptions,
): { readonly document: GraphDocument; readonly ids: ReadonlyMap<NodeId, NodeId> } {
  const merged = fragment.subgraphs && mergeSubgraphs(document.subgraphs ?? {}, fragment.subgraphs);
  const ids = new Map<NodeId, NodeId>();
  const nodes: Record<NodeId, NodeRecord> = { ...document.nodes };
  const places: Record<NodeId, NodeLayout> = { ...document.layout.nodes };
  let next = Number(freshId(document.nodes));
  for (const id of Object.keys(fragment.nodes)) {
    while (own(nodes, String(next)) !== undefined) next += 1;
    ids.set(id, String(next));
    next += 1;
  }
  for (const [id, record] of Object.entries(fragment.nodes)) {
    const fresh = ids.get(id);
    if (fresh === undefined) continue;
    const kept = withoutLinks(
      record,
      (node) => !ids.has(node) && !(keepLinks && own(document.nodes, node) !== undefined),
    );
    const named = merged ? rekeyed(kept, merged.keys) : kept;
    nodes[fresh] = { ...named, inputs: relink(kept.inputs, ids) };
    const place = own(fragment.layout.nodes, id) ?? { pos: [0, 0] };
    places[fresh] = { ...place, pos: [place.pos[0] + offset[0], place.pos[1] + offset[1]] };
  }
  const layout = { ...document.layout, nodes: places };
  return {
    document: { ...document, nodes, layout, ...(merged && { subgraphs: merged.subgraphs }) },
    ids,
  };
}

/** Copies nodes beside themselves under fresh ids; links from nodes that are not copied are kept. */
export function duplicateNodes(
  document: GraphDocument,
  ids: readonly NodeId[],
  offset: readonly [x: number, y: number] = [32, 32],
): { readonly document: GraphDocument; readonly ids: ReadonlyMap<NodeId, NodeId> } {
  return pasteFragment(document, copyFragment(document, ids), { offset, keepLinks: true });
}

function relink(
  inputs: NodeRecord['inputs'],
  ids: ReadonlyMap<NodeId, NodeId>,
): NodeRecord['inputs'] {
  return Object.fromEntries(
    Object.entries(inputs).map(([input, stored]) => {
      const fresh = isLink(stored) ? ids.get(stored.link[0]) : undefined;
      if (!isLink(stored) || fresh === undefined) return [input, stored];
      return [input, { ...stored, link: [fresh, stored.link[1]] as const }];
    }),
  );
}
