import { linksInto } from '../graph/links.js';
import { own } from '../graph/own.js';
import { subgraphKey } from '../graph/subgraph-registry.js';
import { isLink, type Layout, type NodeId, type NodeRecord } from '../graph/types.js';
import { isWidget, type Wiring } from '../graph/wiring.js';
import type { AnyNodeDefinition } from '../node/definition.js';
import { inputSlots, outputSlots } from './foreign-slots.js';
import { jsonOf, namesHere, textOf, type Json } from './foreign-values.js';
import { widgetPlaces } from './import-node.js';
import { proxyList, type PromotedParts, type ProxyList } from './promoted-widgets.js';

/** A slot to be written; what links of the document call it, and what is written of it but for its links. */
export interface WrittenSlot {
  readonly name: string;
  readonly type: string;
  readonly data: Json;
}

/** The subgraphs of a document, by key, while it is written. */
export interface WrittenSubgraphs {
  /** The types of their instances. */
  readonly types: ReadonlyMap<string, string>;
  readonly parts: ReadonlyMap<string, PromotedParts>;
}

/** Which slots a level asks of a node. */
export interface AskedSlots {
  /** Outputs that links name. */
  readonly used: ReadonlySet<string>;
  /** Inputs that a socket of the subgraph feeds. */
  readonly entered: ReadonlySet<string>;
  /** Inputs that are written in another way. */
  readonly hidden: Readonly<Record<string, unknown>>;
}

/** The slots of a node in order: those of its file, else of its definition, and every one that is asked for. */
export function slotsOf(
  wiring: Wiring,
  id: NodeId,
  record: NodeRecord,
  { used, entered, hidden }: AskedSlots,
): { readonly inputs: readonly WrittenSlot[]; readonly outputs: readonly WrittenSlot[] } {
  const sockets = wiring.sockets(id);
  const definition = wiring.registry.get(record.type);
  const held = record.foreign && jsonOf(record.foreign.data);
  const data = held && isApi(held) && sockets ? undefined : held;
  const inputs: WrittenSlot[] = data && !isApi(data) ? [...inputSlots(data)] : [];
  const outputs: WrittenSlot[] = data && !isApi(data) ? [...outputSlots(data, definition)] : [];
  const specs = sockets?.inputs ?? {};
  const makeInput = (name: string): WrittenSlot => {
    const spec = own(specs, name);
    const type = spec?.type ?? '*';
    return {
      name,
      type,
      data: { name, type, ...(spec && isWidget(spec) && { widget: { name } }) },
    };
  };
  const makeOutput = (name: string, type: string): WrittenSlot => ({
    name,
    type,
    data: { name, type },
  });
  if (!data) {
    const names = Object.keys(specs).filter((name) => own(hidden, name) === undefined);
    inputs.push(...names.map(makeInput));
    const types = Object.entries(sockets?.outputs ?? {});
    outputs.push(...types.map(([name, { type }]) => makeOutput(name, type)));
  } else if (isApi(data)) {
    outputs.push(...(record.foreign?.outputs ?? []).map((each) => makeOutput(...each)));
  }
  const hasInput = new Set(inputs.map(({ name }) => name));
  for (const input of new Set([...linksInto(record).map(({ input: name }) => name), ...entered])) {
    if (!hasInput.has(input)) inputs.push(makeInput(input));
  }
  const hasOutput = new Set(outputs.map(({ name }) => name));
  for (const name of used) {
    if (!hasOutput.has(name))
      outputs.push(makeOutput(name, own(sockets?.outputs ?? {}, name)?.type ?? '*'));
  }
  return { inputs, outputs };
}

/** Whether what is kept of a node came in the form of the API, which knows no slots and no places. */
function isApi(data: Json): boolean {
  return 'class_type' in data;
}

/** One node as a workflow writes it; `slots` are its `inputs` and `outputs`. */
export function exportNode(
  { registry }: Wiring,
  id: NodeId,
  record: NodeRecord,
  layout: Layout,
  slots: Json,
  { types, parts }: WrittenSubgraphs,
): Json {
  const place = own(layout.nodes, id) ?? { pos: [0, 0] };
  const definition = registry.get(record.type);
  const { class_type, _meta, title: said, ...data } = jsonOf(record.foreign?.data);
  const fromApi = class_type !== undefined;
  const isPlaceholder = record.foreign !== undefined && !definition;
  const flags = jsonOf(data['flags']);
  const title = record.title ?? (said === definition?.displayName ? textOf(said) : undefined);
  return {
    ...unpainted(data, place.color),
    id: Number(id),
    type: typeOf(record, data, types),
    pos: place.pos,
    ...(place.size ? { size: place.size } : !isPlaceholder && { size: [240, 120] }),
    flags: {
      ...flags,
      ...((place.collapsed ?? 'collapsed' in flags) && { collapsed: place.collapsed === true }),
      ...((place.pinned ?? 'pinned' in flags) && { pinned: place.pinned === true }),
    },
    mode: modeOf(record, data),
    ...slots,
    ...(title !== undefined && { title }),
    ...(isPlaceholder
      ? fromApi && valuesOf(record, definition)
      : ourPart(record, definition, place, proxyList(record, registry, parts))),
  };
}

/** The properties and widget values of a node that is known here, or that came with values by name alone. */
function ourPart(
  record: NodeRecord,
  definition: AnyNodeDefinition | undefined,
  { size }: { readonly size?: unknown },
  shown: ProxyList | undefined,
): Json {
  const { version, carried, title, foreign } = record;
  const { properties, ...values } = shown
    ? shownValues(record, shown)
    : valuesOf(record, definition);
  const crossweave = {
    version,
    ...(carried && { carried }),
    ...(title !== undefined && { titled: true }),
    ...(!size && { unsized: true }),
    ...(foreign && { foreign: true }),
  };
  return { properties: { ...jsonOf(properties), crossweave }, ...values };
}

/** The values of an instance that shows widgets of its subgraph: by name, and in the order of these. */
function shownValues(record: NodeRecord, { proxies, values }: ProxyList): Json {
  const named = Object.entries(record.inputs).filter(([, stored]) => !isLink(stored));
  const data = jsonOf(record.foreign?.data);
  const properties = {
    ...jsonOf(data['properties']),
    widgets: Object.fromEntries(named),
    proxyWidgets: proxies,
  };
  const isSaid = values.length > 0 || 'widgets_values' in data || !record.foreign;
  return { properties, ...(isSaid && { widgets_values: values }) };
}

/** Values by name, and as a list: what the file had in it stays where it is not of a widget that is known here. */
function valuesOf(record: NodeRecord, definition: AnyNodeDefinition | undefined): Json {
  const data = jsonOf(record.foreign?.data);
  const values = Object.entries(record.inputs).filter(([, stored]) => !isLink(stored));
  const properties = { ...jsonOf(data['properties']), widgets: Object.fromEntries(values) };
  const given: unknown = data['widgets_values'];
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    return { properties, widgets_values: { ...given, ...Object.fromEntries(values) } };
  }
  const list: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [];
  if (!definition && !Array.isArray(given)) list.push(...values.map(([, value]) => value));
  const places = widgetPlaces(data, definition);
  const isChanged = ([name]: (typeof places)[number]) => {
    const stored = own(record.inputs, name);
    return stored !== undefined && !isLink(stored) && stored !== defaultOf(definition, name);
  };
  const last = record.foreign ? places.findLastIndex(isChanged) : places.length - 1;
  for (const [index, [name, at]] of places.entries()) {
    const stored = own(record.inputs, name);
    const value = stored === undefined || isLink(stored) ? undefined : stored;
    const isKept = at < list.length && (value === undefined || !isScalar(list[at]));
    if (isKept && (value === undefined || value === defaultOf(definition, name))) continue;
    if (at < list.length || index <= last) list[at] = value ?? defaultOf(definition, name) ?? null;
  }
  const isSaid = Array.isArray(given) || list.length > 0 || !record.foreign;
  return { properties, ...(isSaid && { widgets_values: [...list] }) };
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' && value !== undefined;
}

function defaultOf(definition: AnyNodeDefinition | undefined, name: string): unknown {
  const spec = definition && own(definition.inputs, name);
  return spec && 'default' in spec ? spec.default : undefined;
}

/** What was kept of a node without colours, unless it still has the one that they gave it. */
function unpainted(data: Json, color: string | undefined): Json {
  const { color: title, bgcolor, ...rest } = data;
  if (color === (textOf(bgcolor) ?? textOf(title))) return data;
  return { ...rest, ...(color !== undefined && { bgcolor: color }) };
}

function typeOf(record: NodeRecord, data: Json, types: ReadonlyMap<string, string>): string {
  const said = textOf(data['type']) ?? '';
  const key = subgraphKey(record.type);
  if (key !== undefined) return types.get(key) ?? key;
  return own(namesHere, said) === record.type ? said : record.type;
}

/** Muted 2, bypassed 4, else 0 or what else the file said. */
function modeOf({ mode }: NodeRecord, data: Json): unknown {
  if (mode !== undefined) return mode === 'mute' ? 2 : 4;
  const said = data['mode'];
  return said === undefined || said === 2 || said === 4 ? 0 : said;
}
