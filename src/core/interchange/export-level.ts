import { linksInto } from '../graph/links.js';
import { own } from '../graph/own.js';
import { boundaryIds, inOrder, subgraphKey } from '../graph/subgraph-registry.js';
import type { Layout, NodeId, Subgraph } from '../graph/types.js';
import type { Wiring } from '../graph/wiring.js';
import { LinkWriter, type LinkToWrite } from './export-links.js';
import { exportNode, slotsOf, type WrittenSubgraphs } from './export-node.js';
import { jsonOf, type Json } from './foreign-values.js';

/** The ids under which links of a level lead to the sockets of its subgraph. */
export interface SocketEnds {
  readonly subgraph: Subgraph;
  readonly inputs: number;
  readonly outputs: number;
}

/** Writes the nodes, links, reroutes and frames of one level; `kept` are the reroutes that go out as they came. */
export function exportLevel(
  wiring: Wiring,
  layout: Layout,
  out: WrittenSubgraphs,
  kept: readonly Json[],
  ends?: SocketEnds,
) {
  const slots = allSlots(wiring, ends?.subgraph, out);
  const slotOf = (side: 'inputs' | 'outputs', node: NodeId, name: string) =>
    slots.get(node)?.[side].findIndex((slot) => slot.name === name) ?? -1;
  const writer = new LinkWriter(Object.keys(wiring.nodes).map(Number), kept);
  const add = (link: Omit<LinkToWrite, 'via' | 'reroutes'>, target: NodeId, input: string) => {
    if (link.fromSlot < 0 || link.toSlot < 0) return;
    const { via = {}, reroutes = {} } = own(layout.nodes, target) ?? {};
    writer.add({ ...link, via: own(via, input) ?? [], reroutes: own(reroutes, input) ?? [] });
  };
  for (const [id, record] of Object.entries(wiring.nodes)) {
    for (const { input, node, output } of linksInto(record)) {
      const fromSlot = slotOf('outputs', node, output);
      const type = slots.get(node)?.outputs[fromSlot]?.type ?? '*';
      const toSlot = slotOf('inputs', id, input);
      add({ from: Number(node), fromSlot, to: Number(id), toSlot, type }, id, input);
    }
  }
  if (ends) {
    for (const [fromSlot, [, { type, to }]] of inOrder(ends.subgraph.inputs).entries()) {
      for (const [node, input] of to) {
        const toSlot = slotOf('inputs', node, input);
        add({ from: ends.inputs, fromSlot, to: Number(node), toSlot, type }, node, input);
      }
    }
    for (const [toSlot, [name, { type, from }]] of inOrder(ends.subgraph.outputs).entries()) {
      if (!from) continue;
      const fromSlot = slotOf('outputs', ...from);
      const link = { from: Number(from[0]), fromSlot, to: ends.outputs, toSlot, type };
      add(link, boundaryIds.outputs, name);
    }
  }
  const nodes = writtenNodes(wiring, layout, out, slots, writer);
  return {
    nodes,
    links: writer.links,
    groups: groupsOf(wiring, layout),
    reroutes: writer.reroutes,
  };
}

type Slots = ReadonlyMap<NodeId, ReturnType<typeof slotsOf>>;

function allSlots(
  wiring: Wiring,
  subgraph: Subgraph | undefined,
  { parts }: WrittenSubgraphs,
): Slots {
  const used = new Map<NodeId, Set<string>>();
  const use = (node: NodeId, output: string) => {
    const names = used.get(node) ?? new Set();
    used.set(node, names.add(output));
  };
  for (const record of Object.values(wiring.nodes)) {
    for (const { node, output } of linksInto(record)) use(node, output);
  }
  for (const { from } of Object.values(subgraph?.outputs ?? {})) if (from) use(...from);
  const entering = new Map<NodeId, string[]>();
  for (const { to } of Object.values(subgraph?.inputs ?? {})) {
    for (const [node, input] of to) entering.set(node, [...(entering.get(node) ?? []), input]);
  }
  return new Map(
    Object.entries(wiring.nodes).map(([id, record]) => {
      const inputs = new Set(entering.get(id));
      const shown = parts.get(subgraphKey(record.type) ?? '')?.shown ?? {};
      const asked = { used: used.get(id) ?? new Set(), entered: inputs, hidden: shown };
      return [id, slotsOf(wiring, id, record, asked)];
    }),
  );
}

function writtenNodes(
  wiring: Wiring,
  layout: Layout,
  out: WrittenSubgraphs,
  slots: Slots,
  writer: LinkWriter,
): readonly Json[] {
  const into = new Map<string, number>();
  const leaving = new Map<string, number[]>();
  for (const { id, from, fromSlot, to, toSlot } of writer.links) {
    into.set(`${String(to)} ${String(toSlot)}`, id);
    const key = `${String(from)} ${String(fromSlot)}`;
    const ids = leaving.get(key) ?? [];
    ids.push(id);
    leaving.set(key, ids);
  }
  const nodes = Object.entries(wiring.nodes).map(([id, record], order) => {
    const { inputs, outputs } = slots.get(id) ?? { inputs: [], outputs: [] };
    const written = {
      order,
      inputs: inputs.map(({ data }, slot) => ({
        ...data,
        link: into.get(`${id} ${String(slot)}`) ?? null,
      })),
      outputs: outputs.map(({ name, type, data }, slot) => ({
        ...(Object.keys(data).length > 0 ? data : { name, type }),
        links: leaving.get(`${id} ${String(slot)}`) ?? null,
      })),
    };
    return exportNode(wiring, id, record, layout, written, out);
  });
  return [...nodes, ...writer.rerouteNodes(nodes.length)];
}

function groupsOf({ zones }: Wiring, layout: Layout): readonly Json[] {
  const frames = layout.groups.map(({ title, bounds, color, foreign }) => ({
    ...jsonOf(foreign),
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
