import type { NodeRegistry } from '../node/registry.js';
import { freshId, removeNodes, withNode, withoutLinks } from './edits.js';
import { boxesOf } from './group-edits.js';
import { adjacencyOf, linksInto } from './links.js';
import { own } from './own.js';
import { boundaryTypes, subgraphType } from './subgraph-registry.js';
import {
  isLink,
  type GraphDocument,
  type Link,
  type NodeId,
  type NodeRecord,
  type Subgraph,
} from './types.js';
import { isWidget, wiringOf, type Wiring } from './wiring.js';

/** What came of making a subgraph: the instance's id, or why it cannot be. */
export type MadeSubgraph =
  | { readonly document: GraphDocument; readonly id: NodeId; readonly refused?: undefined }
  | { readonly document?: undefined; readonly refused: string };

/**
 * Makes nodes one node: links that are cut become named inputs and outputs, the nodes keep their ids inside. Refused
 * when a zone would be cut in two, or when the new node would depend on itself.
 */
export function makeSubgraph(
  document: GraphDocument,
  registry: NodeRegistry,
  ids: readonly NodeId[],
  title: string,
): MadeSubgraph {
  const wiring = wiringOf(document, registry);
  const chosen = new Set(ids.filter((id) => own(document.nodes, id) !== undefined));
  const refused = refusal(wiring, chosen);
  if (refused !== undefined) return { refused };
  const { inputs, given } = cutInputs(wiring, chosen);
  const { outputs, renamed } = cutOutputs(wiring, chosen);
  const key = freeKey(document.subgraphs ?? {});
  const subgraph: Subgraph = {
    title,
    inputs,
    outputs,
    nodes: innerNodes(wiring, chosen),
    layout: {
      nodes: Object.fromEntries(
        Object.entries(document.layout.nodes).filter(([id]) => chosen.has(id)),
      ),
      groups: [],
    },
  };
  const id = freshId(document.nodes);
  const boxes = boxesOf(document, [...chosen]);
  const pos = cornerOf(boxes.map((box) => box.pos));
  const record: NodeRecord = { type: subgraphType(key), version: 1, inputs: given };
  const relinked = relinkOuter(document, chosen, renamed, id);
  const outer = withNode(removeNodes(relinked, [...chosen]), id, record, { pos });
  return { document: { ...outer, subgraphs: { ...document.subgraphs, [key]: subgraph } }, id };
}

/** The upper left corner of places; the origin when there are none. */
export function cornerOf(
  places: readonly (readonly [number, number])[],
): readonly [number, number] {
  if (places.length === 0) return [0, 0];
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}

/** A key that a table of subgraphs does not use. */
export function freeKey(subgraphs: Readonly<Record<string, unknown>>): string {
  let count = Object.keys(subgraphs).length + 1;
  while (own(subgraphs, `s${String(count)}`) !== undefined) count += 1;
  return `s${String(count)}`;
}

function refusal({ nodes, zones }: Wiring, chosen: ReadonlySet<NodeId>): string | undefined {
  if (chosen.size === 0) return 'Select the nodes that are to become one.';
  const boundaries: readonly string[] = Object.values(boundaryTypes);
  if ([...chosen].some((id) => boundaries.includes(nodes[id]?.type ?? ''))) {
    return 'The inputs and outputs of a subgraph stay outside another one. Take them out of the selection.';
  }
  for (const { start, end, body } of zones.zones) {
    const [hasStart, hasEnd] = [chosen.has(start), chosen.has(end)];
    const isCut = hasStart !== hasEnd || (hasStart && [...body].some((id) => !chosen.has(id)));
    if (isCut) {
      return 'The selection cuts a zone in two. Select its start, its end and everything between them, or only nodes between them.';
    }
  }
  const { suppliers, consumers } = adjacencyOf(nodes);
  const below = outside(chosen, consumers);
  const above = outside(chosen, suppliers);
  if ([...below].some((id) => above.has(id))) {
    return 'The new node would depend on itself, because nodes that are not selected lie between those that are. Select them too.';
  }
  return undefined;
}

/** What is reached from chosen nodes without being chosen. */
function outside(
  chosen: ReadonlySet<NodeId>,
  neighbours: ReadonlyMap<NodeId, readonly NodeId[]>,
): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>();
  const open = [...chosen].flatMap((id) => neighbours.get(id) ?? []);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (chosen.has(id) || seen.has(id)) continue;
    seen.add(id);
    open.push(...(neighbours.get(id) ?? []));
  }
  return seen;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

function cutInputs(wiring: Wiring, chosen: ReadonlySet<NodeId>) {
  const inputs: Record<string, Mutable<Subgraph['inputs'][string]>> = {};
  const given: Record<string, Link> = {};
  const names = new Map<string, string>();
  for (const id of chosen) {
    const record = own(wiring.nodes, id);
    for (const { input, node, output } of record ? linksInto(record) : []) {
      if (chosen.has(node)) continue;
      const source = JSON.stringify([node, output]);
      const name = names.get(source) ?? freeSocket(input, inputs);
      names.set(source, name);
      const offered = own(wiring.sockets(node)?.outputs ?? {}, output)?.type;
      const wanted = own(wiring.sockets(id)?.inputs ?? {}, input)?.type ?? offered ?? '*';
      const before = own(inputs, name);
      inputs[name] = {
        type: before && before.type !== wanted ? (offered ?? before.type) : wanted,
        to: [...(before?.to ?? []), [id, input]],
        order: before?.order ?? Object.keys(inputs).length,
      };
      given[name] = { link: [node, output] };
    }
  }
  return { inputs, given };
}

function cutOutputs(wiring: Wiring, chosen: ReadonlySet<NodeId>) {
  const outputs: Record<string, Subgraph['outputs'][string]> = {};
  const renamed = new Map<string, string>();
  for (const [id, record] of Object.entries(wiring.nodes)) {
    if (chosen.has(id)) continue;
    for (const { input, node, output } of linksInto(record)) {
      const source = JSON.stringify([node, output]);
      if (!chosen.has(node) || renamed.has(source)) continue;
      const name = freeSocket(output, outputs);
      renamed.set(source, name);
      const type =
        own(wiring.sockets(node)?.outputs ?? {}, output)?.type ??
        own(wiring.sockets(id)?.inputs ?? {}, input)?.type ??
        '*';
      outputs[name] = { type, from: [node, output], order: Object.keys(outputs).length };
    }
  }
  return { outputs, renamed };
}

/** A socket name like `wish` that is not taken. */
export function freeSocket(wish: string, taken: Readonly<Record<string, unknown>>): string {
  const plain = wish.replaceAll(/[^A-Za-z0-9_]+/g, '_');
  const base = /^[A-Za-z_]/.test(plain) && !plain.startsWith('__') ? plain : `value_${plain}`;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${String(count)}`;
    if (own(taken, name) === undefined && name !== 'constructor' && name !== 'prototype') {
      return name;
    }
  }
}

function innerNodes(wiring: Wiring, chosen: ReadonlySet<NodeId>): Subgraph['nodes'] {
  const nodes: Record<NodeId, NodeRecord> = {};
  for (const id of chosen) {
    const record = own(wiring.nodes, id);
    if (!record) continue;
    const kept = withoutLinks(record, (node) => !chosen.has(node));
    const specs = wiring.sockets(id)?.inputs ?? {};
    const defaults = linksInto(record).flatMap(({ input, node }) => {
      const spec = own(specs, input);
      return !chosen.has(node) && spec && isWidget(spec) ? [[input, spec.default] as const] : [];
    });
    nodes[id] =
      defaults.length === 0
        ? kept
        : { ...kept, inputs: { ...kept.inputs, ...Object.fromEntries(defaults) } };
  }
  return nodes;
}

/** Leads links from chosen nodes to the rest through the outputs of the new node. */
function relinkOuter(
  document: GraphDocument,
  chosen: ReadonlySet<NodeId>,
  renamed: ReadonlyMap<string, string>,
  instance: NodeId,
): GraphDocument {
  const nodes = Object.entries(document.nodes).map(([id, record]) => {
    if (chosen.has(id) || !linksInto(record).some(({ node }) => chosen.has(node))) {
      return [id, record] as const;
    }
    const inputs = Object.entries(record.inputs).map(([input, stored]) => {
      const name = isLink(stored) ? renamed.get(JSON.stringify(stored.link)) : undefined;
      if (!isLink(stored) || name === undefined) return [input, stored] as const;
      return [input, { ...stored, link: [instance, name] as const }] as const;
    });
    return [id, { ...record, inputs: Object.fromEntries(inputs) }] as const;
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}
