import { emptyDocument } from '../graph/edits.js';
import { own } from '../graph/own.js';
import type { GraphDocument, NodeId, NodeLayout, NodeRecord } from '../graph/types.js';
import { isWidget } from '../graph/wiring.js';
import type { NodeRegistry } from '../node/registry.js';
import {
  idOf,
  isJson,
  jsonOf,
  namesHere,
  textOf,
  widgetValues,
  type Json,
} from './foreign-values.js';

/** Whether JSON is a graph in the form of the API: nodes by id, each with a `class_type`. */
export function isApiForm(file: Json): boolean {
  const nodes = Object.values(file);
  return nodes.length > 0 && nodes.every((node) => isJson(node) && 'class_type' in node);
}

/** Reads a graph in the form of the API. It has no places, so the nodes are set out in rows. */
export function importApi(file: Json, registry: NodeRegistry): GraphDocument {
  const ids = idsOf(Object.keys(file));
  const nodes: Record<NodeId, NodeRecord> = {};
  const places: Record<NodeId, NodeLayout> = {};
  const outputOf = (id: string, slot: number) => {
    const said = textOf(jsonOf(file[id])['class_type']) ?? '';
    const definition = registry.get(own(namesHere, said) ?? said);
    return Object.keys(definition?.outputs ?? {})[slot] ?? `output_${String(slot)}`;
  };
  const used = usedSlots(file);
  let column = 0;
  for (const [id, node] of Object.entries(file)) {
    const here = ids.get(id) ?? id;
    nodes[here] = importOne(jsonOf(node), registry, ids, outputOf, used.get(id) ?? 0);
    places[here] = { pos: [(column % 6) * 320, Math.floor(column / 6) * 340] };
    column += 1;
  }
  return { ...emptyDocument(), nodes, layout: { nodes: places, groups: [] } };
}

/** An id for each node: its own where that is a number, else a free one. */
function idsOf(given: readonly string[]): ReadonlyMap<string, NodeId> {
  const isId = (id: string) => /^[1-9][0-9]{0,7}$/.test(id);
  const taken = new Set(given.filter(isId));
  let next = 1;
  return new Map(
    given.map((id) => {
      if (isId(id)) return [id, id];
      while (taken.has(String(next))) next += 1;
      taken.add(String(next));
      return [id, String(next)];
    }),
  );
}

/** How many slots the links from each node need: the form names no outputs. */
function usedSlots(file: Json): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  const most = 1000;
  for (const node of Object.values(file)) {
    for (const value of Object.values(jsonOf(jsonOf(node)['inputs']))) {
      const [from, slot] = Array.isArray(value) ? (value as unknown[]) : [];
      const id = idOf(from);
      if (id === undefined || !Number.isInteger(slot) || Number(slot) >= most) continue;
      used.set(id, Math.max(used.get(id) ?? 0, Number(slot) + 1));
    }
  }
  return used;
}

function importOne(
  node: Json,
  registry: NodeRegistry,
  ids: ReadonlyMap<string, NodeId>,
  outputOf: (id: string, slot: number) => string,
  slots: number,
): NodeRecord {
  const said = (textOf(node['class_type']) ?? '').slice(0, 200) || 'Unknown';
  const name = own(namesHere, said) ?? said;
  const definition = registry.get(name);
  const inputs: Record<string, NodeRecord['inputs'][string]> = {};
  for (const [input, spec] of Object.entries(definition?.inputs ?? {})) {
    if (isWidget(spec)) inputs[input] = spec.default;
  }
  Object.assign(inputs, widgetValues(node['inputs']));
  for (const [input, value] of Object.entries(jsonOf(node['inputs']))) {
    const [from, slot] = Array.isArray(value) ? (value as unknown[]) : [];
    const source = ids.get(idOf(from) ?? '');
    if (source !== undefined)
      inputs[input] = { link: [source, outputOf(idOf(from) ?? '', Number(slot))] };
  }
  const title = textOf(jsonOf(node['_meta'])['title']);
  const isTitled = title !== undefined && title !== definition?.displayName;
  return {
    type: definition ? name : said,
    version: definition?.version ?? 1,
    inputs,
    ...(isTitled && { title }),
    ...((!definition || hasMore(node, inputs)) && {
      foreign: {
        data: node,
        outputs: Array.from({ length: definition ? 0 : slots }, (_, slot) => [
          `output_${String(slot)}`,
          '*',
        ]),
      },
    }),
  };
}

/** Whether a node in the form of the API says more than a document has a place for. */
function hasMore(node: Json, inputs: NodeRecord['inputs']): boolean {
  const keys = ['class_type', 'inputs', '_meta'];
  const others = Object.keys(jsonOf(node['_meta'])).filter((key) => key !== 'title');
  return (
    others.length > 0 ||
    Object.keys(node).some((key) => !keys.includes(key)) ||
    Object.keys(jsonOf(node['inputs'])).some((name) => own(inputs, name) === undefined)
  );
}
