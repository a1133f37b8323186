import { isUnsafeKey } from '../graph/limits.js';
import { own } from '../graph/own.js';
import type { NodeRecord } from '../graph/types.js';
import { isWidget } from '../graph/wiring.js';
import type { AnyNodeDefinition } from '../node/definition.js';
import type { NodeRegistry } from '../node/registry.js';
import { isFinite_, jsonOf, namesHere, textOf, widgetValues, type Json } from './foreign-values.js';
import { outputSlots } from './foreign-slots.js';
import { proxiesOf, proxyKey, type PromotedNames } from './promoted-widgets.js';

/**
 * Reads one node of a workflow without its links; `type` replaces the type that it says, `promoted` are the inputs of its
 * subgraph that stand for inner widgets. What another program wrote is
 * kept in `foreign`: whole when the type is not known, else without id, place and links.
 */
export function importNode(
  node: Json,
  registry: NodeRegistry,
  type?: string,
  promoted?: PromotedNames,
): NodeRecord {
  const said = (textOf(node['type']) ?? '').slice(0, 200) || 'Unknown';
  const name = type ?? own(namesHere, said) ?? said;
  const definition = registry.get(name);
  const properties = jsonOf(node['properties']);
  const kept = jsonOf(properties['crossweave']);
  const title = textOf(node['title']);
  const mode = node['mode'] === 2 ? 'mute' : node['mode'] === 4 ? 'bypass' : undefined;
  const carried = Object.entries(jsonOf(kept['carried'])).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const version = kept['version'];
  const hasTitle =
    title !== undefined &&
    (kept['titled'] === true || !('version' in kept)) &&
    title !== definition?.displayName;
  return {
    type: definition ? name : said,
    version:
      isFinite_(version) && Number.isInteger(version) && version >= 1
        ? version
        : (definition?.version ?? 1),
    inputs: valuesOf(node, definition, promoted),
    ...((hasTitle || kept['titled'] === true) && { title: title ?? '' }),
    ...(mode && { mode }),
    ...(carried.length > 0 && { carried: Object.fromEntries(carried) }),
    ...(isForeign(node, kept) && {
      foreign: {
        data: definition ? strippedOf(node) : node,
        outputs: outputSlots(node, definition).map((slot) => [slot.name, slot.type] as const),
      },
    }),
  };
}

/** The keys of a node that an export of ours writes. */
const ours = new Set([
  ...['id', 'type', 'pos', 'size', 'flags', 'order', 'mode', 'inputs', 'outputs'],
  ...['title', 'bgcolor', 'properties', 'widgets_values'],
]);

/** Whether a node says more than an export of a node of ours does. */
function isForeign(node: Json, kept: Json): boolean {
  const isOurs = 'version' in kept && kept['foreign'] !== true;
  return !isOurs || Object.keys(node).some((key) => !ours.has(key));
}

/** A node without what the document says of it elsewhere. */
function strippedOf(node: Json): Json {
  const { id: _id, pos: _pos, size: _size, order: _order, inputs, outputs, ...rest } = node;
  const properties = Object.entries(jsonOf(rest['properties'])).filter(
    ([key]) => key !== 'widgets' && key !== 'crossweave',
  );
  return {
    ...rest,
    ...('properties' in rest && { properties: Object.fromEntries(properties) }),
    ...(Array.isArray(inputs) && { inputs: inputs.map(unlinked) }),
    ...(Array.isArray(outputs) && { outputs: outputs.map(unlinked) }),
  };
}

function unlinked(slot: unknown): Json {
  const { link: _link, links: _links, ...rest } = jsonOf(slot);
  return rest;
}

const controls = ['fixed', 'increment', 'decrement', 'randomize'];

/**
 * The widgets that a list of values gives a value, each with its place in the list. After a seed the list may say what
 * happens to it; a subgraph's list follows its `proxyWidgets`, whose inner widgets are inputs under `promoted` names.
 */
export function widgetPlaces(
  node: Json,
  definition: AnyNodeDefinition | undefined,
  promoted?: PromotedNames,
): readonly (readonly [name: string, at: number])[] {
  const list: unknown = node['widgets_values'];
  const given: readonly unknown[] = Array.isArray(list) ? list : [];
  const names = Object.entries(definition?.inputs ?? {}).flatMap(([name, spec]) =>
    isWidget(spec) ? [name] : [],
  );
  const proxies = proxiesOf(node);
  if (proxies) {
    return proxies.flatMap((proxy, at) => {
      const name = proxy[0] === '-1' ? proxy[1] : promoted?.get(proxyKey(proxy));
      return name !== undefined && names.includes(name) ? [[name, at] as const] : [];
    });
  }
  let at = 0;
  return names.map((name) => {
    const place = [name, at] as const;
    at += name.endsWith('seed') && controls.includes(String(given[at + 1])) ? 2 : 1;
    return place;
  });
}

/** Widget values: by name where the file has names, else by place; the rest have their defaults. */
function valuesOf(
  node: Json,
  definition: AnyNodeDefinition | undefined,
  promoted: PromotedNames | undefined,
): NodeRecord['inputs'] {
  const named = jsonOf(node['properties'])['widgets'];
  if (named !== undefined) return safe(widgetValues(named));
  const given: unknown = node['widgets_values'];
  const widgets = Object.entries(definition?.inputs ?? {}).flatMap(([name, spec]) =>
    isWidget(spec) ? [[name, spec.default] as const] : [],
  );
  // What a subgraph is not told it has from its inside.
  const defaults = Object.fromEntries(definition?.category === 'subgraph' ? [] : widgets);
  if (!Array.isArray(given)) return { ...defaults, ...safe(widgetValues(given)) };
  const list: readonly unknown[] = given;
  const values = widgetPlaces(node, definition, promoted).map(
    ([name, at]) => [name, list[at]] as const,
  );
  return { ...defaults, ...widgetValues(Object.fromEntries(values)) };
}

function safe(values: NodeRecord['inputs']): NodeRecord['inputs'] {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isUnsafeKey(name)));
}
