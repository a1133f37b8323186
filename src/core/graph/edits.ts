import type { AnyNodeDefinition } from '../node/definition.js';
import type { NodeRegistry } from '../node/registry.js';
import { formatVersion } from './migrations/format-ladder.js';
import { own } from './own.js';
import { boundaryIds } from './subgraph-registry.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeLayout,
  type NodeRecord,
  type WidgetValue,
} from './types.js';
import { isWidget } from './wiring.js';

/** Where and how a new node is put into a document. */
export interface NewNode {
  readonly pos: NodeLayout['pos'];
  readonly size?: NodeLayout['size'];
  readonly title?: string;
  /** Widget values in place of the defaults. */
  readonly inputs?: NodeRecord['inputs'];
}

/** A document without nodes. */
export function emptyDocument(): GraphDocument {
  return {
    format: 'crossweave-graph',
    version: formatVersion,
    nodes: {},
    layout: { nodes: {}, groups: [] },
  };
}

/** The highest id that a file may hold. */
const highestId = Number(boundaryIds.inputs) - 1;

/** An id that the document does not use: one above the highest, as long as there are any. */
export function freshId(nodes: GraphDocument['nodes']): NodeId {
  let next = 1;
  for (const id of Object.keys(nodes)) {
    // The sockets of an opened subgraph stand at the top of the range and must not lift the rest there.
    if (id !== boundaryIds.inputs && id !== boundaryIds.outputs) {
      next = Math.max(next, Number(id) + 1);
    }
  }
  if (next > highestId) {
    for (next = 1; own(nodes, String(next)) !== undefined;) next += 1;
  }
  return String(next);
}

/** Adds a node with its default widget values. */
export function addNode(
  document: GraphDocument,
  definition: AnyNodeDefinition,
  { pos, size, title, inputs }: NewNode,
): { readonly document: GraphDocument; readonly id: NodeId } {
  const id = freshId(document.nodes);
  const defaults: Record<string, WidgetValue> = {};
  for (const [name, spec] of Object.entries(definition.inputs)) {
    if (isWidget(spec)) defaults[name] = spec.default;
  }
  const record: NodeRecord = {
    type: definition.type,
    version: definition.version,
    inputs: { ...defaults, ...inputs },
    ...(title !== undefined && { title }),
  };
  const layout: NodeLayout = { pos, ...(size && { size }) };
  return { document: withNode(document, id, record, layout), id };
}

/** Adds a start and an end of a zone, wired by the values that both carry. */
export function addZone(
  document: GraphDocument,
  start: AnyNodeDefinition,
  end: AnyNodeDefinition,
  { pos, distance = 480 }: { readonly pos: NodeLayout['pos']; readonly distance?: number },
): { readonly document: GraphDocument; readonly startId: NodeId; readonly endId: NodeId } {
  const opened = addNode(document, start, { pos });
  const startId = opened.id;
  const inputs: Record<string, NodeRecord['inputs'][string]> = {};
  for (const name of start.zone?.carries ?? []) {
    if (own(end.inputs, name)?.type === own(start.outputs, name)?.type) {
      inputs[name] = { link: [startId, name] };
    }
  }
  const closed = addNode(opened.document, end, { pos: [pos[0] + distance, pos[1]], inputs });
  return { document: closed.document, startId, endId: closed.id };
}

/** Removes nodes, and the links that lead to them. */
export function removeNodes(document: GraphDocument, ids: readonly NodeId[]): GraphDocument {
  const gone = new Set(ids.filter((id) => own(document.nodes, id) !== undefined));
  if (gone.size === 0) return document;
  const nodes: Record<NodeId, NodeRecord> = {};
  for (const [id, record] of Object.entries(document.nodes)) {
    if (!gone.has(id)) nodes[id] = withoutLinks(record, (node) => gone.has(node));
  }
  const layout = Object.entries(document.layout.nodes).filter(([id]) => !gone.has(id));
  return {
    ...document,
    nodes,
    layout: { ...document.layout, nodes: Object.fromEntries(layout) },
  };
}

/** A record without the links for which `drop` holds; the same record when there are none. */
export function withoutLinks(
  record: NodeRecord,
  drop: (node: NodeId, output: string) => boolean,
): NodeRecord {
  const entries = Object.entries(record.inputs);
  const kept = entries.filter(([, stored]) => !isLink(stored) || !drop(...stored.link));
  return kept.length === entries.length ? record : { ...record, inputs: Object.fromEntries(kept) };
}

/** Sets a widget's value; a link to it is replaced. */
export function setWidget(
  document: GraphDocument,
  id: NodeId,
  input: string,
  value: WidgetValue,
): GraphDocument {
  return changeNodes(document, [id], (record) => withInputs(record, { [input]: value }));
}

/** Gives every node that has a preset of that name its values, or only the given nodes. */
export function applyPreset(
  document: GraphDocument,
  registry: NodeRegistry,
  preset: string,
  ids: readonly NodeId[] = Object.keys(document.nodes),
): GraphDocument {
  return changeNodes(document, ids, (record) => {
    const presets = registry.get(record.type)?.presets ?? {};
    return withInputs(record, own(presets, preset) ?? {});
  });
}

function withInputs(record: NodeRecord, inputs: NodeRecord['inputs']): NodeRecord {
  const changes = Object.entries(inputs).some(
    ([name, value]) => own(record.inputs, name) !== value,
  );
  return changes ? { ...record, inputs: { ...record.inputs, ...inputs } } : record;
}

/** Gives a node a title of its own; an empty one takes it away. */
export function renameNode(document: GraphDocument, id: NodeId, title: string): GraphDocument {
  return changeNodes(document, [id], (record) => withOptional(record, 'title', title || undefined));
}

/** Mutes or bypasses nodes; `undefined` lets them run again. */
export function setMode(
  document: GraphDocument,
  ids: readonly NodeId[],
  mode: NodeRecord['mode'],
): GraphDocument {
  return changeNodes(document, ids, (record) => withOptional(record, 'mode', mode));
}

/** Names the document; an empty title takes the name away. */
export function setTitle(document: GraphDocument, title: string): GraphDocument {
  return withOptional(document, 'title', title || undefined);
}

/** Replaces the records of nodes; the same document comes back when `change` gives the same records. */
export function changeNodes(
  document: GraphDocument,
  ids: readonly NodeId[],
  change: (record: NodeRecord, id: NodeId) => NodeRecord,
): GraphDocument {
  const changed: Record<NodeId, NodeRecord> = {};
  for (const id of ids) {
    const record = own(document.nodes, id);
    const next = record && change(record, id);
    if (next !== undefined && next !== record) changed[id] = next;
  }
  if (Object.keys(changed).length === 0) return document;
  return { ...document, nodes: { ...document.nodes, ...changed } };
}

/** Puts a record and its place into a document. */
export function withNode(
  document: GraphDocument,
  id: NodeId,
  record: NodeRecord,
  place: NodeLayout,
): GraphDocument {
  const { layout } = document;
  return {
    ...document,
    nodes: { ...document.nodes, [id]: record },
    layout: { ...layout, nodes: { ...layout.nodes, [id]: place } },
  };
}

/** `target` with an optional key set, or taken away for `undefined`; the same object when nothing changes. */
export function withOptional<Target extends object, Key extends keyof Target>(
  target: Target,
  key: Key,
  value: Target[Key] | undefined,
): Target {
  if (target[key] === value) return target;
  const copy = { ...target };
  if (value === undefined) Reflect.deleteProperty(copy, key);
  else copy[key] = value;
  return copy;
}
