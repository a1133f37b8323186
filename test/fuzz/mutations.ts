import fc from 'fast-check';

/** Words and signs that formats give a meaning to, or that readers stumble over. */
const TOKENS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u0000',
  '-',
  '..',
  '1e999',
  '-1',
  '0',
  'null',
  '9007199254740993',
  '\u0000',
  '\ud800',
  '((((((',
] as const;

/** A value that JSON can hold, often one of the unlucky ones. */
export const jsonValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...TOKENS),
  fc.constantFrom(0, -0, -1, 0.5, 1e308, 2 ** 31, 2 ** 53, true, false, null),
  fc.constant([]),
  fc.constant({}),
  fc.integer(),
  fc.string({ maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly kind: 'delete' | 'repeat' | 'insert' | 'replace';
  readonly token: string;
}

const edits = fc.array(
  fc.record<Edit>({
    at: fc.nat(1_000_000),
    length: fc.oneof(fc.nat(8), fc.nat(400)),
    kind: fc.constantFrom('delete', 'repeat', 'insert', 'replace'),
    token: fc.oneof(fc.constantFrom(...TOKENS), fc.string({ maxLength: 6 })),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Real texts with a few places cut, doubled or overwritten. */
export function mutatedText(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), edits)
    .map(([text, list]) => list.reduce(editText, text));
}

function editText(text: string, { at, length, kind, token }: Edit): string {
  const start = text.length === 0 ? 0 : at % text.length;
  const piece = text.slice(start, start + length);
  const middle = { delete: '', repeat: piece + piece, insert: token + piece, replace: token }[kind];
  return text.slice(0, start) + middle + text.slice(start + length);
}

/** Real files with a few bytes changed, cut or doubled. */
export function mutatedBytes(files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const edit = fc.record({
    at: fc.oneof(fc.nat(64), fc.nat(1_000_000)),
    bytes: fc.uint8Array({ maxLength: 8 }),
    removed: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(2000)),
  });
  return fc
    .tuple(fc.constantFrom(...files), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([file, list]) => {
      let bytes = Uint8Array.from(file);
      for (const { at, bytes: inserted, removed } of list) {
        const start = bytes.length === 0 ? 0 : at % bytes.length;
        const tail = bytes.subarray(start + removed);
        const next = new Uint8Array(start + inserted.length + tail.length);
        next.set(bytes.subarray(0, start));
        next.set(inserted, start);
        next.set(tail, start + inserted.length);
        bytes = next;
      }
      return bytes;
    });
}

interface Change {
  readonly path: readonly number[];
  readonly kind: 'set' | 'delete' | 'rename' | 'add' | 'swap';
  readonly key: string;
  readonly value: unknown;
}

const changes = fc.array(
  fc.record<Change>({
    path: fc.array(fc.nat(1000), { minLength: 1, maxLength: 9 }),
    kind: fc.constantFrom('set', 'delete', 'rename', 'add', 'swap'),
    key: fc.oneof(fc.constantFrom(...TOKENS), fc.string({ maxLength: 8 })),
    value: jsonValue,
  }),
  { minLength: 1, maxLength: 4 },
);

/** Real JSON with values replaced, removed, renamed, added or moved, at any depth. */
export function mutatedJson(documents: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...documents), changes).map(([document, list]) => {
    const copy = structuredClone(document);
    for (const change of list) changeJson(copy, change);
    // As it arrives: what JSON does not carry, such as names on an array, is gone.
    return JSON.parse(JSON.stringify(copy)) as unknown;
  });
}

function changeJson(root: unknown, { path, kind, key, value }: Change): void {
  let holder = root;
  let name: string | undefined;
  for (const step of path) {
    const inner = name === undefined ? holder : get(holder, name);
    if (typeof inner !== 'object' || inner === null) break;
    holder = inner;
    const keys = Object.keys(inner);
    if (keys.length === 0) break;
    name = keys[step % keys.length];
  }
  if (typeof holder !== 'object' || holder === null || name === undefined) return;
  const old = get(holder, name);
  if (kind === 'delete' || kind === 'rename') Reflect.deleteProperty(holder, name);
  if (kind === 'set') define(holder, name, structuredClone(value));
  if (kind === 'rename') define(holder, key, old);
  if (kind === 'add') define(holder, key, structuredClone(value));
  if (kind === 'swap') define(holder, name, structuredClone(holder));
}

function get(holder: unknown, key: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}

/** Sets even `__proto__` as a key of its own, which is how JSON.parse reads it. */
function define(holder: object, key: string, value: unknown): void {
  if (Array.isArray(holder) && key === 'length') return;
  Object.defineProperty(holder, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
