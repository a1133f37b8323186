import { isUnsafeKey } from '../graph/limits.js';
import { own } from '../graph/own.js';
import type { NodeRecord } from '../graph/types.js';
import { isWidget } from '../graph/wiring.js';
import type { AnyNodeDefinition } from '../node/definition.js';
import type { NodeRegistry } from '../node/registry.js';
import {
  isFinite_,
  jsonOf,
  namesHere,
  objectsOf,
  textOf,
  widgetValues,
  type Json,
} from './foreign-values.js';

/**
 * Reads one node of a workflow without its links; `type` replaces the type that it says. What is not known here is
 * kept whole in `foreign`.
 */
export function importNode(node: Json, registry: NodeRegistry, type?: string): NodeRecord {
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
    inputs: valuesOf(node, definition),
    ...((hasTitle || kept['titled'] === true) && { title: title ?? '' }),
    ...(mode && { mode }),
    ...(carried.length > 0 && { carried: Object.fromEntries(carried) }),
    ...(!definition && { foreign: { data: node, outputs: foreignOutputs(node) } }),
  };
}

/** The names of a node's outputs by slot. */
export function outputNames(
  node: Json,
  record: NodeRecord | undefined,
  registry: NodeRegistry,
): Readonly<Record<string, string>> {
  const here = Object.keys(registry.get(record?.type ?? '')?.outputs ?? {});
  const named = foreignOutputs(node).map(([name]) => name);
  const isOurs = named.length > 0 && here.every((name) => named.includes(name));
  const names = isOurs || here.length === 0 ? named : here;
  return Object.fromEntries(names.map((name, slot) => [String(slot), name]));
}

/** The name of the input at a slot. */
export function inputName(node: Json, slot: number): string | undefined {
  return textOf(objectsOf(node['inputs'])[slot]?.['name']);
}

function foreignOutputs(node: Json): readonly (readonly [string, string])[] {
  const seen = new Map<string, number>();
  return objectsOf(node['outputs']).map((output, slot) => {
    const said = textOf(output['name']) ?? `output_${String(slot)}`;
    const count = (seen.get(said) ?? 0) + 1;
    seen.set(said, count);
    const name = count === 1 ? said : `${said}_${String(count)}`;
    return [name, textOf(output['type']) ?? '*'] as const;
  });
}

const controls = ['fixed', 'increment', 'decrement', 'randomize'];

/** Widget values: by name where the file has names, else by place; the rest have their defaults. */
function valuesOf(node: Json, definition: AnyNodeDefinition | undefined): NodeRecord['inputs'] {
  const named = jsonOf(node['properties'])['widgets'];
  if (named !== undefined) return safe(widgetValues(named));
  const given: unknown = node['widgets_values'];
  const widgets = Object.entries(definition?.inputs ?? {}).flatMap(([name, spec]) =>
    isWidget(spec) ? [[name, spec.default] as const] : [],
  );
  const defaults = Object.fromEntries(widgets);
  if (!Array.isArray(given)) return { ...defaults, ...safe(widgetValues(given)) };
  const list: readonly unknown[] = given;
  const values: Record<string, unknown> = {};
  let at = 0;
  for (const [name] of widgets) {
    if (at < list.length) values[name] = list[at];
    at += 1;
    if (name.endsWith('seed') && controls.includes(String(list[at]))) at += 1;
  }
  return { ...defaults, ...widgetValues(values) };
}

function safe(values: NodeRecord['inputs']): NodeRecord['inputs'] {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isUnsafeKey(name)));
}
