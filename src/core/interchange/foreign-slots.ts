import { isUnsafeKey } from '../graph/limits.js';
import type { AnyNodeDefinition } from '../node/definition.js';
import { jsonOf, textOf, type Json } from './foreign-values.js';

/** One input or output of a node in a workflow file. */
export interface ForeignSlot {
  /** The name by which links find it here; unlike `data.name` no other slot of that side has it. */
  readonly name: string;
  readonly type: string;
  /** As the file held it. */
  readonly data: Json;
}

/** The inputs of a node by slot. */
export function inputSlots(node: Json): readonly ForeignSlot[] {
  return named(node['inputs'], 'input');
}

/**
 * The outputs of a node by slot. Those of a known type have the names of its definition, by name where the file has
 * them all, else by place; what the file has beyond them keeps its own names.
 */
export function outputSlots(node: Json, definition?: AnyNodeDefinition): readonly ForeignSlot[] {
  const said = named(node['outputs'], 'output');
  const here = Object.keys(definition?.outputs ?? {});
  const names = new Set(said.map(({ name }) => name));
  if (said.length > 0 && here.every((name) => names.has(name))) return said;
  const taken = new Set(here);
  const slots = here.map((name, slot) => ({
    name,
    type: said[slot]?.type ?? definition?.outputs[name]?.type ?? '*',
    data: said[slot]?.data ?? {},
  }));
  const beyond = said
    .slice(here.length)
    .map((slot) => ({ ...slot, name: unused(slot.name, taken) }));
  return [...slots, ...beyond];
}

function named(given: unknown, side: 'input' | 'output'): readonly ForeignSlot[] {
  const taken = new Set<string>();
  return (Array.isArray(given) ? given : []).map((value: unknown, at) => {
    const data = jsonOf(value);
    const said = textOf(data['name']);
    const plain = said === undefined || isUnsafeKey(said) ? `${side}_${String(at)}` : said;
    return { name: unused(plain, taken), type: textOf(data['type']) ?? '*', data };
  });
}

/** The name itself, or with the first number that makes it free; taken from then on. */
function unused(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}_${String(count)}`;
  taken.add(free);
  return free;
}
