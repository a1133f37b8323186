import { withOptional } from './edits.js';
import { own } from './own.js';
import {
  boundaryIds,
  boundaryTypes,
  innermostFirst,
  inOrder,
  subgraphKey,
  subgraphOf,
} from './subgraph-registry.js';
import {
  isLink,
  type GraphDocument,
  type Link,
  type NodeId,
  type NodeRecord,
  type Subgraph,
  type SubgraphInput,
} from './types.js';

/** The key of the subgraph that a path of instances leads into; undefined when it leads nowhere. */
export function keyAt(document: GraphDocument, path: readonly NodeId[]): string | undefined {
  let key: string | undefined;
  let { nodes } = document;
  for (const id of path) {
    const { type = '' } = own(nodes, id) ?? {};
    const subgraph = subgraphOf(document, type);
    if (!subgraph) return undefined;
    key = subgraphKey(type);
    ({ nodes } = subgraph);
  }
  return key;
}

/** The subgraph that a path of instances leads into; undefined for an empty path, or one that leads nowhere. */
export function subgraphAt(document: GraphDocument, path: readonly NodeId[]): Subgraph | undefined {
  const key = keyAt(document, path);
  return key === undefined ? undefined : own(document.subgraphs ?? {}, key);
}

/**
 * The graph inside an instance as a document of its own, in which two nodes (`boundaryIds`) stand for its
 * sockets; the document itself for an empty path, or one that leads nowhere.
 */
export function innerDocument(document: GraphDocument, path: readonly NodeId[]): GraphDocument {
  const subgraph = subgraphAt(document, path);
  if (!subgraph) return document;
  const { format, version, subgraphs } = document;
  const nodes: Record<NodeId, NodeRecord> = { ...subgraph.nodes };
  for (const [name, { to }] of Object.entries(subgraph.inputs)) {
    for (const [node, input] of to) {
      const record = own(nodes, node);
      const fed: Link = { link: [boundaryIds.inputs, name] };
      if (record) nodes[node] = { ...record, inputs: { ...record.inputs, [input]: fed } };
    }
  }
  const typesOf = (
    sockets: Readonly<Record<string, { readonly type: string; readonly order?: number }>>,
  ) => Object.fromEntries(inOrder(sockets).map(([name, { type }]) => [name, type]));
  nodes[boundaryIds.inputs] = {
    type: boundaryTypes.inputs,
    version: 1,
    inputs: {},
    sockets: typesOf(subgraph.inputs),
  };
  nodes[boundaryIds.outputs] = {
    type: boundaryTypes.outputs,
    version: 1,
    inputs: Object.fromEntries(
      Object.entries(subgraph.outputs).flatMap(([name, { from }]): [string, Link][] =>
        from ? [[name, { link: from }]] : [],
      ),
    ),
    sockets: typesOf(subgraph.outputs),
  };
  const layout = {
    ...subgraph.layout,
    nodes: { ...boundaryPlaces(subgraph), ...subgraph.layout.nodes },
  };
  return { format, version, title: subgraph.title, nodes, layout, ...(subgraphs && { subgraphs }) };
}

function boundaryPlaces({ layout }: Subgraph) {
  const places = Object.values(layout.nodes).map(({ pos }) => pos);
  const xs = places.map(([x]) => x);
  const top = places.length > 0 ? Math.min(...places.map(([, y]) => y)) : 0;
  return {
    [boundaryIds.inputs]: { pos: [Math.min(0, ...xs) - 260, top] as const },
    [boundaryIds.outputs]: { pos: [Math.max(0, ...xs) + 360, top] as const },
  };
}

/** Puts an edited inner document back into the definition that `path` leads into; every instance changes with it. */
export function withInner(
  document: GraphDocument,
  path: readonly NodeId[],
  edited: GraphDocument,
): GraphDocument {
  const [key, before] = [keyAt(document, path), subgraphAt(document, path)];
  if (path.length === 0) return edited;
  if (key === undefined || !before) return document;
  const subgraph = withOptional(
    {
      ...before,
      ...socketsOf(before, edited),
      nodes: nodesOf(before, edited),
      layout: edited.layout,
    },
    'title',
    edited.title ?? before.title,
  );
  const table = { ...usedBy(document), ...edited.subgraphs, [key]: subgraph };
  return { ...document, subgraphs: table };
}

/** The definitions that nodes of the document itself are instances of: an edit inside does not see that they are needed. */
function usedBy({ nodes, subgraphs = {} }: GraphDocument): Readonly<Record<string, Subgraph>> {
  const used = Object.values(nodes).flatMap(({ type }) => {
    const [key, subgraph] = [subgraphKey(type), subgraphOf({ subgraphs }, type)];
    return key !== undefined && subgraph ? [[key, subgraph] as const] : [];
  });
  return Object.fromEntries(used);
}

function socketsOf(
  before: Subgraph,
  { nodes }: GraphDocument,
): Pick<Subgraph, 'inputs' | 'outputs'> {
  const feeds = new Map<string, SubgraphInput['to'][number][]>();
  for (const [id, record] of Object.entries(nodes)) {
    for (const [input, stored] of Object.entries(record.inputs)) {
      if (!isLink(stored) || stored.link[0] !== boundaryIds.inputs) continue;
      if (id === boundaryIds.outputs) continue;
      const list = feeds.get(stored.link[1]) ?? [];
      list.push([id, input]);
      feeds.set(stored.link[1], list);
    }
  }
  const entering = own(nodes, boundaryIds.inputs)?.sockets;
  const leaving = own(nodes, boundaryIds.outputs);
  const inputs = Object.entries(entering ?? {}).map(([name, type], order) => {
    const to = feeds.get(name) ?? [];
    const isPromoted = own(before.inputs, name)?.promoted === true && to.length === 1;
    return [name, { type, to, order, ...(isPromoted && { promoted: true as const }) }] as const;
  });
  const outputs = Object.entries(leaving?.sockets ?? {}).map(([name, type], order) => {
    const stored = own(leaving?.inputs ?? {}, name);
    const from = isLink(stored) && stored.link[0] !== boundaryIds.inputs ? stored.link : undefined;
    return [name, { type, order, ...(from && { from }) }] as const;
  });
  return {
    inputs: entering ? Object.fromEntries(inputs) : before.inputs,
    outputs: leaving ? Object.fromEntries(outputs) : before.outputs,
  };
}

/** The inner nodes alone; an input that a socket feeds keeps the value that it had for itself. */
function nodesOf(before: Subgraph, { nodes }: GraphDocument): Subgraph['nodes'] {
  const boundaries: readonly string[] = Object.values(boundaryIds);
  const entries = Object.entries(nodes).filter(([id]) => !boundaries.includes(id));
  return Object.fromEntries(
    entries.map(([id, record]) => {
      const inputs = Object.entries(record.inputs).flatMap(([input, stored]) => {
        if (!isLink(stored) || stored.link[0] !== boundaryIds.inputs)
          return [[input, stored] as const];
        const value = own(own(before.nodes, id)?.inputs ?? {}, input);
        return value === undefined || isLink(value) ? [] : [[input, value] as const];
      });
      const isSame =
        inputs.length === Object.keys(record.inputs).length &&
        inputs.every(([input, stored]) => record.inputs[input] === stored);
      return [id, isSame ? record : { ...record, inputs: Object.fromEntries(inputs) }];
    }),
  );
}

/** Whether a definition contains itself, directly or through others: it could never run. */
export function containsItself({ subgraphs = {} }: GraphDocument, key: string): boolean {
  return own(subgraphs, key) !== undefined && !innermostFirst(subgraphs).includes(key);
}
