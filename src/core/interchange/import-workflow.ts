import { emptyDocument } from '../graph/edits.js';
import { isUnsafeKey } from '../graph/limits.js';
import { own } from '../graph/own.js';
import { graphRegistry, subgraphType } from '../graph/subgraph-registry.js';
import type {
  GraphDocument,
  GroupLayout,
  Layout,
  NodeId,
  NodeLayout,
  NodeRecord,
  Point,
  Subgraph,
} from '../graph/types.js';
import type { NodeRegistry } from '../node/registry.js';
import { idOf, isFinite_, jsonOf, objectsOf, pairOf, textOf, type Json } from './foreign-values.js';
import { importNode, inputName, outputNames } from './import-node.js';
import { readLinks, type ForeignLink } from './workflow-links.js';

/**
 * Reads a LiteGraph or ComfyUI workflow (0.4 or 1.0) as a document. Nodes of unknown type keep all their data in
 * `foreign`; Reroute nodes and native reroutes become points of links; definitions become subgraphs.
 */
export function importWorkflow(file: Json, registry: NodeRegistry): GraphDocument {
  const definitions = objectsOf(jsonOf(file['definitions'])['subgraphs']);
  const keys = new Map(
    definitions.map((definition, at) => [idOf(definition['id']) ?? '', `s${String(at + 1)}`]),
  );
  let subgraphs: Record<string, Subgraph> = {};
  for (const definition of orderedInnerFirst(definitions)) {
    const known = graphRegistry({ subgraphs }, registry);
    const key = keys.get(idOf(definition['id']) ?? '');
    if (key !== undefined) {
      subgraphs = { ...subgraphs, [key]: importSubgraph(definition, known, keys) };
    }
  }
  const known = definitions.length > 0 ? graphRegistry({ subgraphs }, registry) : registry;
  const { nodes, layout } = importLevel(file, known, keys);
  const title = textOf(jsonOf(jsonOf(file['extra'])['crossweave'])['title']);
  return {
    ...emptyDocument(),
    ...(title !== undefined && { title }),
    nodes,
    layout,
    ...(definitions.length > 0 && { subgraphs }),
  };
}

function orderedInnerFirst(definitions: readonly Json[]): readonly Json[] {
  const byId = new Map(definitions.map((definition) => [idOf(definition['id']) ?? '', definition]));
  const done = new Set<Json>();
  const open = definitions.map((definition) => ({ definition, isLeaving: false })).reverse();
  const seen = new Set<Json>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at.isLeaving) done.add(at.definition);
    else if (!seen.has(at.definition)) {
      seen.add(at.definition);
      open.push({ definition: at.definition, isLeaving: true });
      for (const { type } of objectsOf(at.definition['nodes'])) {
        const inner = byId.get(textOf(type) ?? '');
        if (inner && !seen.has(inner)) open.push({ definition: inner, isLeaving: false });
      }
    }
  }
  return [...done];
}

interface Level {
  readonly nodes: Readonly<Record<NodeId, NodeRecord>>;
  readonly layout: Layout;
  readonly ids: ReadonlyMap<string, NodeId>;
  readonly sources: ReadonlyMap<string, Source>;
}

interface Source {
  readonly node: NodeId;
  readonly output: string;
}

function importLevel(
  level: Json,
  registry: NodeRegistry,
  keys: ReadonlyMap<string, string>,
): Level {
  const all = objectsOf(level['nodes']);
  const isReroute = ({ type }: Json) => type === 'Reroute' && !registry.has('Reroute');
  const kept = all.filter((node) => !isReroute(node));
  const ids = idsOf(kept);
  const raw = new Map(kept.map((node) => [ids.get(node) ?? '', node]));
  const byForeign = new Map<string, NodeId>();
  for (const node of kept) {
    const id = idOf(node['id']);
    if (id !== undefined && !byForeign.has(id)) byForeign.set(id, ids.get(node) ?? '');
  }
  const nodes: Record<NodeId, NodeRecord> = {};
  const places: Record<NodeId, NodeLayout> = {};
  for (const [id, node] of raw) {
    const key = keys.get(textOf(node['type']) ?? '');
    nodes[id] = importNode(node, registry, key === undefined ? undefined : subgraphType(key));
    places[id] = placeOf(node);
  }
  const reroutes = new Map(all.filter(isReroute).map((node) => [idOf(node['id']) ?? '', node]));
  const links = readLinks(level);
  const entering = new Map(
    links.filter(({ to }) => reroutes.has(to)).map((link) => [link.to, link]),
  );
  const sources = new Map<string, Source>();
  for (const link of links) {
    const through = throughReroutes(link, reroutes, entering);
    const source = byForeign.get(through.link.from);
    if (source === undefined) continue;
    const output = own(
      outputNames(raw.get(source) ?? {}, nodes[source], registry),
      String(through.link.fromSlot),
    );
    if (output === undefined) continue;
    sources.set(slotKey(link), { node: source, output });
    const target = byForeign.get(link.to);
    const record = target === undefined ? undefined : nodes[target];
    const input = inputName(raw.get(target ?? '') ?? {}, link.toSlot);
    if (target === undefined || !record || input === undefined || isUnsafeKey(input)) continue;
    nodes[target] = {
      ...record,
      inputs: { ...record.inputs, [input]: { link: [source, output] } },
    };
    const via = [...through.points, ...link.via];
    const place = places[target];
    if (via.length > 0 && place) places[target] = { ...place, via: { ...place.via, [input]: via } };
  }
  const groups = groupsOf(level);
  const view = viewOf(level);
  return {
    nodes,
    ids: byForeign,
    sources,
    layout: { nodes: places, groups, ...(view && { view }) },
  };
}

function slotKey({ to, toSlot }: ForeignLink): string {
  return `${to} ${String(toSlot)}`;
}

/** The link that enters a row of Reroute nodes, and the places of these. */
function throughReroutes(
  link: ForeignLink,
  reroutes: ReadonlyMap<string, Json>,
  entering: ReadonlyMap<string, ForeignLink>,
): { readonly link: ForeignLink; readonly points: readonly Point[] } {
  const points: Point[] = [];
  let at = link;
  for (let count = 0; count < 64; count += 1) {
    const reroute = reroutes.get(at.from);
    const before = reroute && entering.get(at.from);
    if (!before) break;
    const pos = pairOf(reroute['pos']);
    if (pos) points.unshift(pos);
    at = before;
  }
  return { link: at, points };
}

/** An id for each node: its own where that is a number of its own, else a free one. */
function idsOf(nodes: readonly Json[]): ReadonlyMap<Json, NodeId> {
  const ids = new Map<Json, NodeId>();
  const taken = new Set<NodeId>();
  for (const node of nodes) {
    const id = idOf(node['id']);
    if (id !== undefined && /^(0|[1-9][0-9]{0,7})$/.test(id) && !taken.has(id)) {
      ids.set(node, id);
      taken.add(id);
    }
  }
  let next = 1;
  for (const node of nodes) {
    if (ids.has(node)) continue;
    while (taken.has(String(next))) next += 1;
    ids.set(node, String(next));
    taken.add(String(next));
  }
  return ids;
}

function placeOf(node: Json): NodeLayout {
  const flags = jsonOf(node['flags']);
  const [size, color] = [pairOf(node['size']), textOf(node['bgcolor']) ?? textOf(node['color'])];
  return {
    pos: pairOf(node['pos']) ?? [0, 0],
    ...(size && jsonOf(jsonOf(node['properties'])['crossweave'])['unsized'] !== true && { size }),
    ...(flags['collapsed'] === true && { collapsed: true }),
    ...(flags['pinned'] === true && { pinned: true }),
    ...(color !== undefined && { color }),
  };
}

/** The frames of a level, but for those that an export drew around zones. */
function groupsOf(level: Json): readonly GroupLayout[] {
  return objectsOf(level['groups']).flatMap((group) => {
    const bounds: unknown = group['bounding'];
    if (jsonOf(group['flags'])['zone'] === 'loop' || !Array.isArray(bounds)) return [];
    const [x, y, width, height] = bounds as unknown[];
    if (!isFinite_(x) || !isFinite_(y) || !isFinite_(width) || !isFinite_(height)) return [];
    const color = textOf(group['color']);
    const title = textOf(group['title']) ?? '';
    return [
      { title, bounds: [x, y, width, height] as const, ...(color !== undefined && { color }) },
    ];
  });
}

function viewOf(level: Json): Layout['view'] {
  const ds = jsonOf(jsonOf(level['extra'])['ds']);
  const [scale, offset] = [ds['scale'], pairOf(ds['offset'])];
  return isFinite_(scale) && scale > 0 && offset ? { scale, offset } : undefined;
}

function importSubgraph(
  definition: Json,
  registry: NodeRegistry,
  keys: ReadonlyMap<string, string>,
): Subgraph {
  const { nodes, layout, ids, sources } = importLevel(definition, registry, keys);
  const [inputId, outputId] = ['inputNode', 'outputNode'].map(
    (side, at) => idOf(jsonOf(definition[side])['id']) ?? (at === 0 ? '-10' : '-20'),
  );
  const raw = new Map(objectsOf(definition['nodes']).map((node) => [idOf(node['id']) ?? '', node]));
  const to = new Map<number, (readonly [NodeId, string])[]>();
  for (const link of readLinks(definition)) {
    const target = ids.get(link.to);
    const input = inputName(raw.get(link.to) ?? {}, link.toSlot);
    if (link.from !== inputId || target === undefined || input === undefined) continue;
    to.set(link.fromSlot, [...(to.get(link.fromSlot) ?? []), [target, input]]);
  }
  const named = (side: string) =>
    objectsOf(definition[side]).flatMap((socket, order) => {
      const name = textOf(socket['name']) ?? `${side}_${String(order)}`;
      return isUnsafeKey(name) ? [] : [{ name, order, type: textOf(socket['type']) ?? '*' }];
    });
  const inputs = named('inputs').map(
    ({ name, order, type }) => [name, { type, order, to: to.get(order) ?? [] }] as const,
  );
  const outputs = named('outputs').map(({ name, order, type }) => {
    const source = sources.get(`${outputId ?? ''} ${String(order)}`);
    return [
      name,
      { type, order, ...(source && { from: [source.node, source.output] as const }) },
    ] as const;
  });
  const description = textOf(definition['description']);
  return {
    title: textOf(definition['name']) ?? 'Subgraph',
    ...(description !== undefined && { description }),
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    nodes,
    layout,
  };
}
