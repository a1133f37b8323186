import { freshId, removeNodes, withOptional } from './edits.js';
import { own } from './own.js';
import { cornerOf, type MadeSubgraph } from './subgraph-make.js';
import { boundaryIds, subgraphKey, subgraphType } from './subgraph-registry.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeLayout,
  type NodeRecord,
  type Subgraph,
} from './types.js';

type Inputs = NodeRecord['inputs'];

/**
 * Puts the nodes of an instance in its place, under their own ids where those are free: what
 * `makeSubgraph` made is as it was before. The definition goes with its last instance.
 */
export function unpackSubgraph(document: GraphDocument, id: NodeId): MadeSubgraph {
  const instance = own(document.nodes, id);
  const key = subgraphKey(instance?.type ?? '');
  const subgraph = key === undefined ? undefined : own(document.subgraphs ?? {}, key);
  if (!instance || key === undefined || !subgraph) {
    return { refused: 'Only a subgraph whose definition is here can be unpacked.' };
  }
  if (instance.mode === 'bypass') {
    return { refused: 'The subgraph is bypassed. Switch the bypass off, then unpack it.' };
  }
  const ids = idsFor(document, subgraph);
  const nodes: Record<NodeId, NodeRecord> = {};
  for (const [outer, record] of Object.entries(document.nodes)) {
    if (outer !== id) nodes[outer] = leadThrough(record, id, subgraph, ids);
  }
  for (const [inner, record] of Object.entries(subgraph.nodes)) {
    const inputs = innerInputs(inner, record, instance, subgraph, ids);
    const mode = record.mode ?? instance.mode;
    nodes[ids.get(inner) ?? inner] = withOptional({ ...record, inputs }, 'mode', mode);
  }
  const places = unpackedPlaces(document, id, subgraph, ids);
  const layout = { ...removeNodes(document, [id]).layout };
  const unpacked: GraphDocument = {
    ...document,
    nodes,
    layout: { ...layout, nodes: { ...layout.nodes, ...places } },
  };
  return { document: withoutUnused(unpacked, key), id: ids.values().next().value ?? id };
}

function idsFor(document: GraphDocument, { nodes }: Subgraph): ReadonlyMap<NodeId, NodeId> {
  const ids = new Map<NodeId, NodeId>();
  const taken: Record<NodeId, NodeRecord> = { ...document.nodes };
  for (const [inner, record] of Object.entries(nodes)) {
    const id = own(taken, inner) === undefined ? inner : freshId({ ...taken, ...nodes });
    taken[id] = record;
    ids.set(inner, id);
  }
  return ids;
}

/** A record outside, its links to the instance led on to the nodes inside. */
function leadThrough(
  record: NodeRecord,
  instance: NodeId,
  { outputs }: Subgraph,
  ids: ReadonlyMap<NodeId, NodeId>,
): NodeRecord {
  if (!Object.values(record.inputs).some((value) => isLink(value) && value.link[0] === instance)) {
    return record;
  }
  const inputs = Object.entries(record.inputs).flatMap(([input, stored]) => {
    if (!isLink(stored) || stored.link[0] !== instance) return [[input, stored] as const];
    const from = own(outputs, stored.link[1])?.from;
    if (!from) return [];
    const link = [ids.get(from[0]) ?? from[0], from[1]] as const;
    return [[input, { ...stored, link }] as const];
  });
  return { ...record, inputs: Object.fromEntries(inputs) };
}

function innerInputs(
  inner: NodeId,
  record: NodeRecord,
  instance: NodeRecord,
  { inputs }: Subgraph,
  ids: ReadonlyMap<NodeId, NodeId>,
): Inputs {
  const own_ = Object.entries(record.inputs).map(([name, stored]) => {
    if (!isLink(stored)) return [name, stored] as const;
    const link = [ids.get(stored.link[0]) ?? stored.link[0], stored.link[1]] as const;
    return [name, { ...stored, link }] as const;
  });
  const fed = Object.entries(inputs).flatMap(([name, { to }]) => {
    const given = own(instance.inputs, name);
    if (given === undefined) return [];
    return to.flatMap(([node, input]) => (node === inner ? [[input, given] as const] : []));
  });
  return Object.fromEntries([...own_, ...fed]);
}

function unpackedPlaces(
  document: GraphDocument,
  id: NodeId,
  { layout }: Subgraph,
  ids: ReadonlyMap<NodeId, NodeId>,
): Readonly<Record<NodeId, NodeLayout>> {
  const boundaries: readonly string[] = Object.values(boundaryIds);
  const inner = Object.entries(layout.nodes).filter(([node]) => !boundaries.includes(node));
  const [left, top] = cornerOf(inner.map(([, { pos }]) => pos));
  const [x, y] = own(document.layout.nodes, id)?.pos ?? [left, top];
  return Object.fromEntries(
    inner.map(([node, place]) => [
      ids.get(node) ?? node,
      { ...place, pos: [place.pos[0] + x - left, place.pos[1] + y - top] as const },
    ]),
  );
}

/** The document without a definition that nothing uses; without a table when it was the last. */
export function withoutUnused(document: GraphDocument, key: string): GraphDocument {
  const { subgraphs = {} } = document;
  const type = subgraphType(key);
  const all = [document.nodes, ...Object.values(subgraphs).map(({ nodes }) => nodes)];
  if (all.some((nodes) => Object.values(nodes).some((record) => record.type === type))) {
    return document;
  }
  const left = Object.entries(subgraphs).filter(([other]) => other !== key);
  return withOptional(
    document,
    'subgraphs',
    left.length > 0 ? Object.fromEntries(left) : undefined,
  );
}
