import { own } from '../graph/own.js';
import { boundaryIds, inOrder } from '../graph/subgraph-registry.js';
import type { GraphDocument, Layout, Subgraph } from '../graph/types.js';
import { wiringOf } from '../graph/wiring.js';
import type { NodeRegistry } from '../node/registry.js';
import { exportLevel } from './export-level.js';
import type { WrittenSubgraphs } from './export-node.js';
import type { WrittenLink } from './export-links.js';
import { idOf, jsonOf, objectsOf, textOf, type Json } from './foreign-values.js';
import { promotedParts, type PromotedParts } from './promoted-widgets.js';

/**
 * A document as LiteGraph/ComfyUI workflow 0.4: widget values by place, and by name under `properties.widgets`;
 * reroutes under `extra`; zones as groups. What another program's file held goes out with it, placeholders whole.
 */
export function exportWorkflow(
  document: GraphDocument,
  registry: NodeRegistry,
  app: { readonly name: string; readonly version: string },
): Json {
  const { extra, reroutes: kept, ...rest } = jsonOf(document.foreign);
  const loose = objectsOf(kept);
  const types = typesOf(document);
  const out = { types, parts: promotedParts(document) };
  const level = exportLevel(wiringOf(document, registry), document.layout, out, loose);
  const definitions = [...out.parts].map(([key, part]) =>
    exportSubgraph(document, registry, out, key, part),
  );
  const { links, nodes, groups } = level;
  const reroutes = [...level.reroutes, ...loose];
  const linkExtensions = links.flatMap(({ id, parentId }) =>
    parentId === undefined ? [] : [{ id, parentId }],
  );
  return {
    ...rest,
    last_node_id: Math.max(0, ...nodes.map(({ id }) => Number(id))),
    last_link_id: links.length,
    nodes,
    links: links.map(({ id, from, fromSlot, to, toSlot, type }) => [
      id,
      from,
      fromSlot,
      to,
      toSlot,
      type,
    ]),
    groups,
    config: jsonOf(rest['config']),
    extra: {
      ...jsonOf(extra),
      ...(reroutes.length > 0 && { reroutes, linkExtensions }),
      ...viewOf(document.layout),
      app: { ...app, schema: document.version },
      ...(document.title !== undefined && { crossweave: { title: document.title } }),
    },
    version: 0.4,
    ...(definitions.length > 0 && { definitions: { subgraphs: definitions } }),
  };
}

/** The types of the instances of subgraphs: their keys, or the ids that another program's file gave them. */
function typesOf({ subgraphs = {} }: GraphDocument): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    Object.entries(subgraphs).map(([key, { foreign }]) => {
      const said = idOf(jsonOf(foreign)['id']) ?? key;
      const id = taken.has(said) ? key : said;
      taken.add(id);
      return [key, id];
    }),
  );
}

function viewOf({ view }: Layout): Json {
  return view ? { ds: { scale: view.scale, offset: view.offset } } : {};
}

function exportSubgraph(
  document: GraphDocument,
  registry: NodeRegistry,
  out: WrittenSubgraphs,
  key: string,
  { subgraph, shown }: PromotedParts,
): Json {
  const { layout, title, description, foreign } = subgraph;
  const { extra, reroutes: kept, ...rest } = jsonOf(foreign);
  const loose = objectsOf(kept);
  const [inputNode, outputNode] = [jsonOf(rest['inputNode']), jsonOf(rest['outputNode'])];
  const ends = { inputs: numberOf(inputNode['id'], -10), outputs: numberOf(outputNode['id'], -20) };
  const inner = wiringOf({ ...document, nodes: subgraph.nodes }, registry);
  const made = exportLevel(inner, layout, out, loose, { subgraph, ...ends });
  const unplaced = !Object.values(boundaryIds).some((id) => own(layout.nodes, id));
  const count = (nodes: readonly Json[]) => Math.max(0, ...nodes.map(({ id }) => Number(id)));
  return {
    version: 1,
    revision: 0,
    ...rest,
    id: out.types.get(key) ?? key,
    name: title,
    ...(description !== undefined && { description }),
    state: {
      lastNodeId: count(made.nodes),
      lastLinkId: made.links.length,
      lastGroupId: made.groups.length,
      lastRerouteId: count([...made.reroutes.map(({ id }) => ({ id })), ...loose]),
    },
    inputNode: { ...inputNode, id: ends.inputs, ...boundingOf(subgraph, 'inputs', inputNode) },
    outputNode: { ...outputNode, id: ends.outputs, ...boundingOf(subgraph, 'outputs', outputNode) },
    inputs: socketsOf(subgraph, 'inputs', rest, ({ from }) => from === ends.inputs, made.links),
    outputs: socketsOf(subgraph, 'outputs', rest, ({ to }) => to === ends.outputs, made.links),
    nodes: made.nodes,
    links: made.links.map(linkObject),
    groups: made.groups,
    ...(made.reroutes.length + loose.length > 0 && { reroutes: [...made.reroutes, ...loose] }),
    extra: {
      ...jsonOf(extra),
      ...viewOf(layout),
      crossweave: {
        sockets: true,
        ...(unplaced && { unplaced }),
        ...(Object.keys(shown).length > 0 && { promoted: shown }),
        ...(foreign !== undefined && { foreign: true }),
      },
    },
  };
}

function linkObject({ id, from, fromSlot, to, toSlot, type, parentId }: WrittenLink): Json {
  return {
    id,
    origin_id: from,
    origin_slot: fromSlot,
    target_id: to,
    target_slot: toSlot,
    type,
    ...(parentId !== undefined && { parentId }),
  };
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** Where the sockets of a subgraph are drawn: beside its nodes where nothing else is said. */
function boundingOf({ layout }: Subgraph, side: 'inputs' | 'outputs', said: Json): Json {
  const place = own(layout.nodes, boundaryIds[side]);
  const xs = Object.values(layout.nodes).map(({ pos }) => pos[0]);
  const aside = side === 'inputs' ? Math.min(0, ...xs) - 260 : Math.max(0, ...xs) + 360;
  const given: readonly unknown[] = Array.isArray(said['bounding']) ? said['bounding'] : [];
  const size = [numberOf(given[2], 120), numberOf(given[3], 60)];
  return { bounding: [...(place?.pos ?? [aside, 0]), ...size] };
}

/** The sockets of one side with the links at each; what the file said of a socket is found by its name. */
function socketsOf(
  subgraph: Subgraph,
  side: 'inputs' | 'outputs',
  rest: Json,
  isAtSide: (link: WrittenLink) => boolean,
  links: readonly WrittenLink[],
): readonly Json[] {
  const said = new Map(
    objectsOf(rest[side]).map((socket) => [textOf(socket['name']) ?? '', socket]),
  );
  const atSide = links.filter(isAtSide);
  return inOrder<{ readonly type: string; readonly order?: number }>(subgraph[side]).map(
    ([name, { type }], slot) => ({
      id: `${side}-${String(slot)}`,
      ...said.get(name),
      name,
      type,
      linkIds: atSide
        .filter((link) => (side === 'inputs' ? link.fromSlot : link.toSlot) === slot)
        .map(({ id }) => id),
    }),
  );
}
