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
  const ids = new Map(
    Object.keys(file).map((id, at) => [
      id,
      /^[1-9][0-9]{0,7}$/.test(id) ? id : `9${String(at).padStart(6, '0')}`,
    ]),
  );
  const nodes: Record<NodeId, NodeRecord> = {};
  const places: Record<NodeId, NodeLayout> = {};
  const outputOf = (id: string, slot: number) => {
    const said = textOf(jsonOf(file[id])['class_type']) ?? '';
    const definition = registry.get(own(namesHere, said) ?? said);
    return Object.keys(definition?.outputs ?? {})[slot] ?? `output_${String(slot)}`;
  };
  let column = 0;
  for (const [id, node] of Object.entries(file)) {
    const here = ids.get(id) ?? id;
    nodes[here] = importOne(jsonOf(node), registry, ids, outputOf);
    places[here] = { pos: [(column % 6) * 320, Math.floor(column / 6) * 340] };
    column += 1;
  }
  return { ...emptyDocument(), nodes, layout: { nodes: places, groups: [] } };
}

function importOne(
  node: Json,
  registry: NodeRegistry,
  ids: ReadonlyMap<string, NodeId>,
  outputOf: (id: string, slot: number) => string,
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
    ...(!definition && { foreign: { data: node, outputs: [] } }),
  };
}
