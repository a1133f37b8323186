import { boundaryIds, subgraphType } from '../graph/subgraph-registry.js';
import type { GroupLayout, Layout, NodeId, NodeLayout, NodeRecord } from '../graph/types.js';
import type { NodeRegistry } from '../node/registry.js';
import { inputSlots, outputSlots } from './foreign-slots.js';
import { idOf, isFinite_, jsonOf, objectsOf, pairOf, textOf, type Json } from './foreign-values.js';
import { importNode } from './import-node.js';
import type { PromotedNames } from './promoted-widgets.js';
import { dissolveReroutes } from './import-reroutes.js';
import { readLinks, type ForeignLink, type Stop } from './workflow-links.js';

/** The nodes of a workflow, or of one of its subgraphs. */
export interface Level {
  readonly nodes: Readonly<Record<NodeId, NodeRecord>>;
  readonly layout: Layout;
  /** The nodes by the ids that the file gave them. */
  readonly ids: ReadonlyMap<string, NodeId>;
  /** What the inputs of the level feed. */
  readonly entering: readonly (readonly [slot: number, node: NodeId, input: string])[];
  /** What feeds the outputs of the level. */
  readonly leaving: readonly (readonly [
    slot: number,
    node: NodeId,
    output: string,
    via: readonly Stop[],
  ])[];
}

/** The ids under which links of a level lead to the sockets of its subgraph. */
export interface LevelEnds {
  readonly inputs?: string;
  readonly outputs?: string;
}

/** The subgraphs of a file while it is read. */
export interface ReadSubgraphs {
  /** Their keys by the types of their instances. */
  readonly keys: ReadonlyMap<string, string>;
  /** By key, the inputs that stand for widgets inside. */
  readonly promoted: ReadonlyMap<string, PromotedNames>;
}

/** Reads one level. */
export function importLevel(
  level: Json,
  registry: NodeRegistry,
  { keys, promoted }: ReadSubgraphs,
  ends: LevelEnds = {},
): Level {
  const all = objectsOf(level['nodes']);
  const given = readLinks(level);
  const endIds = [ends.inputs, ends.outputs].flatMap((id) => id ?? []);
  const { nodes: kept, links } = registry.has('Reroute')
    ? { nodes: all, links: given }
    : dissolveReroutes(all, given, endIds);
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
    nodes[id] =
      key === undefined
        ? importNode(node, registry)
        : importNode(node, registry, subgraphType(key), promoted.get(key));
    places[id] = placeOf(node);
  }
  const entering: Level['entering'][number][] = [];
  const leaving: Level['leaving'][number][] = [];
  const join = joiner(raw, nodes, registry, byForeign);
  for (const link of links) {
    const { source, target } = join(link);
    const [node, input] = target ?? [];
    if (node !== undefined && input !== undefined && (source || link.from === ends.inputs)) {
      const record = nodes[node];
      if (source && record) {
        nodes[node] = { ...record, inputs: { ...record.inputs, [input]: { link: source } } };
      } else entering.push([link.fromSlot, node, input]);
      places[node] = led(places[node] ?? { pos: [0, 0] }, input, link.via);
    } else if (source && link.to === ends.outputs) {
      leaving.push([link.toSlot, ...source, link.via]);
    }
  }
  const view = viewOf(level);
  const layout = { nodes: places, groups: groupsOf(level), ...(view && { view }) };
  return { nodes, layout, ids: byForeign, entering, leaving };
}

/** Finds both ends of a link by name; an end that is not among the nodes is undefined. */
function joiner(
  raw: ReadonlyMap<NodeId, Json>,
  nodes: Readonly<Record<NodeId, NodeRecord>>,
  registry: NodeRegistry,
  byForeign: ReadonlyMap<string, NodeId>,
) {
  const names = new Map<NodeId, { inputs: readonly string[]; outputs: readonly string[] }>();
  const namesOf = (id: NodeId) => {
    const node = raw.get(id) ?? {};
    const found = names.get(id) ?? {
      inputs: inputSlots(node).map(({ name }) => name),
      outputs: outputSlots(node, registry.get(nodes[id]?.type ?? '')).map(({ name }) => name),
    };
    names.set(id, found);
    return found;
  };
  return ({ from, fromSlot, to, toSlot }: ForeignLink) => {
    const [source, target] = [byForeign.get(from), byForeign.get(to)];
    const output = source === undefined ? undefined : namesOf(source).outputs[fromSlot];
    const input = target === undefined ? undefined : namesOf(target).inputs[toSlot];
    return {
      source:
        source !== undefined && output !== undefined ? ([source, output] as const) : undefined,
      target: target !== undefined && input !== undefined ? ([target, input] as const) : undefined,
    };
  };
}

/** A place whose link into an input is led through points. */
export function led(place: NodeLayout, input: string, stops: readonly Stop[]): NodeLayout {
  if (stops.length === 0) return place;
  const via = { ...place.via, [input]: stops.map(({ pos }) => pos) };
  if (!stops.some(({ data }) => data)) return { ...place, via };
  const reroutes = { ...place.reroutes, [input]: stops.map(({ data }) => data ?? null) };
  return { ...place, via, reroutes };
}

/** An id for each node: its own where that is a number of its own, else a free one. */
function idsOf(nodes: readonly Json[]): ReadonlyMap<Json, NodeId> {
  const ids = new Map<Json, NodeId>();
  const taken = new Set<NodeId>(Object.values(boundaryIds));
  for (const node of nodes) {
    const id = idOf(node['id']);
    if (id !== undefined && /^(0|[1-9][0-9]{0,8})$/.test(id) && !taken.has(id)) {
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
    const { title, bounding, color, ...rest } = group;
    if (jsonOf(group['flags'])['zone'] === 'loop') return [];
    const [x, y, width, height] = ['0', '1', '2', '3'].map((at): unknown =>
      typeof bounding === 'object' && bounding !== null ? Reflect.get(bounding, at) : undefined,
    );
    if (!isFinite_(x) || !isFinite_(y) || !isFinite_(width) || !isFinite_(height)) return [];
    const paint = textOf(color);
    return [
      {
        title: textOf(title) ?? '',
        bounds: [x, y, width, height] as const,
        ...(paint !== undefined && { color: paint }),
        ...(Object.keys(rest).length > 0 && { foreign: rest }),
      },
    ];
  });
}

function viewOf(level: Json): Layout['view'] {
  const ds = jsonOf(jsonOf(level['extra'])['ds']);
  const [scale, offset] = [ds['scale'], pairOf(ds['offset'])];
  return isFinite_(scale) && scale > 0 && offset ? { scale, offset } : undefined;
}
