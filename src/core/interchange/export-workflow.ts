import { linksInto } from '../graph/links.js';
import { own } from '../graph/own.js';
import { inOrder, subgraphKey } from '../graph/subgraph-registry.js';
import type { GraphDocument, Layout, NodeId, NodeRecord } from '../graph/types.js';
import { isLink } from '../graph/types.js';
import { isWidget, wiringOf, type Wiring } from '../graph/wiring.js';
import type { NodeRegistry } from '../node/registry.js';
import { jsonOf, objectsOf, textOf, type Json } from './foreign-values.js';

type Link = readonly [
  id: number,
  from: number,
  fromSlot: number,
  to: number,
  toSlot: number,
  type: string,
];

/**
 * A document as LiteGraph/ComfyUI workflow 0.4: widget values by place, and by name under `properties.widgets`;
 * reroutes under `extra`; zones as groups. Nodes of another program go out with all the data they came with.
 */
export function exportWorkflow(
  document: GraphDocument,
  registry: NodeRegistry,
  app: { readonly name: string; readonly version: string },
): Json {
  const wiring = wiringOf(document, registry);
  const level = exportLevel(wiring, document.layout);
  const definitions = Object.entries(document.subgraphs ?? {}).map(([key, subgraph]) => {
    const inner = wiringOf({ ...document, nodes: subgraph.nodes }, registry);
    const socketsOf = (
      sockets: Readonly<Record<string, { readonly type: string; readonly order?: number }>>,
    ) => inOrder(sockets).map(([name, { type }]) => ({ name, type }));
    const made = exportLevel(inner, subgraph.layout);
    const links = made.links.map(([id, from, fromSlot, to, toSlot, type]) => ({
      id,
      origin_id: from,
      origin_slot: fromSlot,
      target_id: to,
      target_slot: toSlot,
      type,
    }));
    const entering = inOrder(subgraph.inputs).flatMap(([, { type, to }], slot) =>
      to.map(([node, input]) => ({
        origin_id: -10,
        origin_slot: slot,
        target_id: Number(node),
        target_slot: made.inputSlot(node, input),
        type,
      })),
    );
    const leaving = inOrder(subgraph.outputs).flatMap(([, { type, from }], slot) =>
      from
        ? [
            {
              origin_id: Number(from[0]),
              origin_slot: made.outputSlot(...from),
              target_id: -20,
              target_slot: slot,
              type,
            },
          ]
        : [],
    );
    const outer = [...entering, ...leaving].map((link, at) => ({
      id: links.length + at + 1,
      ...link,
    }));
    return {
      id: key,
      name: subgraph.title,
      ...(subgraph.description !== undefined && { description: subgraph.description }),
      inputNode: { id: -10 },
      outputNode: { id: -20 },
      inputs: socketsOf(subgraph.inputs),
      outputs: socketsOf(subgraph.outputs),
      nodes: made.nodes,
      links: [...links, ...outer],
      groups: made.groups,
      extra: made.extra,
    };
  });
  const { nodes, links, groups, extra } = level;
  const { view } = document.layout;
  return {
    last_node_id: Math.max(0, ...Object.keys(document.nodes).map(Number)),
    last_link_id: links.length,
    nodes,
    links,
    groups,
    config: {},
    extra: {
      ...extra,
      ...(view && { ds: { scale: view.scale, offset: view.offset } }),
      app: { ...app, schema: document.version },
      ...(document.title !== undefined && { crossweave: { title: document.title } }),
    },
    version: 0.4,
    ...(definitions.length > 0 && { definitions: { subgraphs: definitions } }),
  };
}

function exportLevel(wiring: Wiring, layout: Layout) {
  const slots = new Map(
    Object.entries(wiring.nodes).map(([id, record]) => [id, slotsOf(wiring, id, record)]),
  );
  const inputSlot = (node: NodeId, input: string) =>
    slots.get(node)?.inputs.findIndex(([name]) => name === input) ?? -1;
  const outputSlot = (node: NodeId, output: string) =>
    slots.get(node)?.outputs.findIndex(([name]) => name === output) ?? -1;
  const links: Link[] = [];
  const reroutes: { id: number; parentId?: number; pos: readonly number[]; linkIds: number[] }[] =
    [];
  const linkExtensions: { id: number; parentId: number }[] = [];
  for (const [id, record] of Object.entries(wiring.nodes)) {
    for (const { input, node, output } of linksInto(record)) {
      const [fromSlot, toSlot] = [outputSlot(node, output), inputSlot(id, input)];
      if (fromSlot < 0 || toSlot < 0) continue;
      const linkId = links.length + 1;
      const type = slots.get(node)?.outputs[fromSlot]?.[1] ?? '*';
      links.push([linkId, Number(node), fromSlot, Number(id), toSlot, type]);
      const via = own(own(layout.nodes, id)?.via ?? {}, input) ?? [];
      for (const [at, pos] of via.entries()) {
        const parentId = reroutes.length;
        reroutes.push({ id: parentId + 1, ...(at > 0 && { parentId }), pos, linkIds: [linkId] });
      }
      if (via.length > 0) linkExtensions.push({ id: linkId, parentId: reroutes.length });
    }
  }
  const into = new Map(links.map((link) => [`${String(link[3])} ${String(link[4])}`, link[0]]));
  const out = new Map<string, number[]>();
  for (const [linkId, from, slot] of links) {
    const key = `${String(from)} ${String(slot)}`;
    out.set(key, [...(out.get(key) ?? []), linkId]);
  }
  const nodes = Object.entries(wiring.nodes).map(([id, record], order) =>
    exportNode(wiring, id, record, layout, order, {
      inputs: (slots.get(id)?.inputs ?? []).map(([name, type, isWidgetInput], slot) => ({
        name,
        type,
        link: into.get(`${id} ${String(slot)}`) ?? null,
        ...(isWidgetInput && { widget: { name } }),
      })),
      outputs: (slots.get(id)?.outputs ?? []).map(([name, type], slot) => ({
        name,
        type,
        links: out.get(`${id} ${String(slot)}`) ?? null,
      })),
    }),
  );
  const extra = { ...(reroutes.length > 0 && { reroutes, linkExtensions }) };
  return { nodes, links, groups: groupsOf(wiring, layout), extra, inputSlot, outputSlot };
}

type Slot = readonly [name: string, type: string, isWidget: boolean];

/** The slots of a node in order, with every input and output that a link names. */
function slotsOf(wiring: Wiring, id: NodeId, record: NodeRecord) {
  const sockets = wiring.sockets(id);
  const data = jsonOf(record.foreign?.data);
  const inputs: Slot[] = sockets
    ? Object.entries(sockets.inputs).map(([name, spec]) => [name, spec.type, isWidget(spec)])
    : objectsOf(data['inputs']).map((slot) => [
        textOf(slot['name']) ?? '',
        textOf(slot['type']) ?? '*',
        false,
      ]);
  const outputs: Slot[] = sockets
    ? Object.entries(sockets.outputs).map(([name, { type }]) => [name, type, false])
    : (record.foreign?.outputs ?? []).map(([name, type]) => [name, type, false]);
  for (const { input } of linksInto(record)) {
    if (!inputs.some(([name]) => name === input)) inputs.push([input, '*', false]);
  }
  return { inputs, outputs };
}

function exportNode(
  wiring: Wiring,
  id: NodeId,
  record: NodeRecord,
  layout: Layout,
  order: number,
  slots: Json,
): Json {
  const place = own(layout.nodes, id) ?? { pos: [0, 0] };
  const data = jsonOf(record.foreign?.data);
  const definition = wiring.registry.get(record.type);
  const { version, carried, title } = record;
  const values = Object.entries(record.inputs).filter(([, stored]) => !isLink(stored));
  const widgets = Object.entries(definition?.inputs ?? {}).filter(([, spec]) => isWidget(spec));
  const placed = widgets.map(([name, spec]) => {
    const stored = own(record.inputs, name);
    return stored === undefined || isLink(stored)
      ? 'default' in spec
        ? spec.default
        : null
      : stored;
  });
  const isForeign = record.foreign !== undefined && !definition;
  return {
    ...data,
    id: Number(id),
    type: subgraphKey(record.type) ?? record.type,
    pos: place.pos,
    ...(place.size ? { size: place.size } : !isForeign && { size: [240, 120] }),
    flags: {
      ...jsonOf(data['flags']),
      ...(place.collapsed && { collapsed: true }),
      ...(place.pinned && { pinned: true }),
    },
    order,
    mode: record.mode === 'mute' ? 2 : record.mode === 'bypass' ? 4 : 0,
    ...slots,
    ...(title !== undefined && { title }),
    ...(place.color !== undefined && { bgcolor: place.color }),
    ...(!isForeign && {
      properties: {
        widgets: Object.fromEntries(values),
        crossweave: {
          version,
          ...(carried && { carried }),
          ...(title !== undefined && { titled: true }),
          ...(!place.size && { unsized: true }),
        },
      },
      widgets_values: placed,
    }),
  };
}

function groupsOf({ zones }: Wiring, layout: Layout): readonly Json[] {
  const frames = layout.groups.map(({ title, bounds, color }) => ({
    title,
    bounding: bounds,
    ...(color !== undefined && { color }),
  }));
  const loops = zones.zones.map(({ start, end, body }) => {
    const places = [start, end, ...body].flatMap((id) => own(layout.nodes, id) ?? []);
    const [xs, ys] = [0, 1].map((axis) => places.map(({ pos }) => pos[axis === 0 ? 0 : 1]));
    const [left, right] = extent(xs ?? []);
    const [top, bottom] = extent(ys ?? []);
    return {
      title: 'Zone',
      bounding: [left - 20, top - 60, right - left + 300, bottom - top + 260],
      flags: { zone: 'loop', start: Number(start), end: Number(end) },
    };
  });
  return [...frames, ...loops];
}

/** The smallest and the largest of some numbers; 0 and 0 of none. */
function extent(values: readonly number[]): readonly [least: number, most: number] {
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}
