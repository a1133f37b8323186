import { AppError } from '../errors.js';

/**
 * The largest graph that is read: bytes of its JSON, nodes, groups, inputs of one node, levels of nesting, and values
 * of any kind. A graph at every limit is still read within a blink.
 */
export const documentLimits = {
  bytes: 20e6,
  nodes: 5000,
  groups: 5000,
  inputs: 2000,
  depth: 64,
  values: 5e5,
} as const;

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a key reaches into prototypes. */
export function isUnsafeKey(key: string): boolean {
  return forbiddenKeys.has(key);
}

/**
 * Refuses what no saved graph holds: nesting beyond the limit, keys that reach into prototypes, and values that
 * JSON cannot express. @throws AppError `document/invalid` or `document/too-large`.
 */
export function checkPlainData(data: unknown): void {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: data, depth: 1 }];
  let seen = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { value, depth } = at;
    seen += 1;
    refuseAbove('values', seen, documentLimits.values);
    if (typeof value !== 'object' || value === null) checkScalar(value);
    else {
      refuseAbove('levels of nesting', depth, documentLimits.depth);
      for (const [key, child] of entriesOf(value)) {
        if (forbiddenKeys.has(key)) invalid(`The graph has a key “${key}”, which is not allowed.`);
        open.push({ value: child, depth: depth + 1 });
      }
    }
  }
}

/**
 * Refuses a JSON text by its nesting and number of values, before the work and the memory of parsing it are spent. The
 * text need not be JSON. @throws AppError `document/too-large`.
 */
export function checkJsonText(text: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') at = endOfString(text, at);
    else if (letter === '{' || letter === '[') {
      depth += 1;
      refuseAbove('levels of nesting', depth, documentLimits.depth);
    } else if (letter === '}' || letter === ']') depth -= 1;
    else if (letter === ',') values += 1;
  }
  refuseAbove('values', values, documentLimits.values);
}

/** Where the string that begins at `start` ends, or the text when it does not. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text[before] === '\\') before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

/** @throws AppError `document/too-large` when `found` is above `limit`. */
export function refuseAbove(what: string, found: number, limit: number): void {
  if (found > limit) throw new AppError({ code: 'document/too-large', what, found, limit });
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) return value.map((child: unknown, index) => [String(index), child]);
  if (prototype !== Object.prototype && prototype !== null) {
    invalid('it holds something that is not plain data');
  }
  return Object.entries(value);
}

function checkScalar(value: unknown): void {
  const isPlain =
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value));
  if (!isPlain) invalid(`it holds a ${typeof value} that JSON cannot express`);
}

function invalid(reason: string): never {
  throw new AppError({ code: 'document/invalid', reason });
}
