import type { NodeRecord, Point } from '../graph/types.js';

/** Any JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** The types of another program that are nodes here under another name. */
export const namesHere: Readonly<Record<string, string>> = {
  CheckpointLoaderSimple: 'LoadCheckpoint',
  LoraLoader: 'LoadLoRA',
  VAELoader: 'LoadVAE',
  LoadImageMask: 'LoadMask',
};

/** A JSON object, or an empty one in place of anything else. */
export function jsonOf(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none for anything that is no list. */
export function objectsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A text, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An id or a slot, given as a number or a text, as text. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

/** A pair of numbers, given as a list or under the keys `0` and `1`. */
export function pairOf(value: unknown): Point | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [x, y] = [Reflect.get(value, '0') as unknown, Reflect.get(value, '1') as unknown];
  return isFinite_(x) && isFinite_(y) ? [x, y] : undefined;
}

/** A number that JSON can hold. */
export function isFinite_(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The entries of an object whose values a widget can hold. */
export function widgetValues(value: unknown): NodeRecord['inputs'] {
  const entries = Object.entries(jsonOf(value)).flatMap(([name, held]) =>
    isFinite_(held) || typeof held === 'string' || typeof held === 'boolean'
      ? [[name, held] as const]
      : [],
  );
  return Object.fromEntries(entries);
}
