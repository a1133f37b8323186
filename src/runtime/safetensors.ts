import { AppError } from '../core/errors.js';
import type { ByteSource } from './byte-source.js';
import { notSafetensors } from './foreign-file.js';

/** Element types that are understood; only `F32`, `F16` and `BF16` are weights, the rest counters and index buffers. */
export type SafetensorsDtype = keyof typeof BYTES_PER_ELEMENT;

const BYTES_PER_ELEMENT = {
  F32: 4,
  F16: 2,
  BF16: 2,
  F64: 8,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;
const MAX_HEADER_BYTES = 100_000_000;

/** Where a tensor lies in its file. */
export interface SafetensorsEntry {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** Absolute offset in the file, header included. */
  readonly offset: number;
  readonly byteLength: number;
}

/** The table of contents of a safetensors file, checked against the file's size. */
export interface SafetensorsFile {
  readonly source: ByteSource;
  readonly tensors: ReadonlyMap<string, SafetensorsEntry>;
  /** What the file says of itself. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads and checks the header of a safetensors file; the weights stay where they are.
 * @throws AppError `model/invalid` naming file and tensor: truncated, hostile or contradictory headers; `model/unsupported`
 * for files of another kind, such as pickles, which are never opened.
 */
export async function readSafetensors(source: ByteSource): Promise<SafetensorsFile> {
  const json = await readHeader(source);
  const dataStart = 8 + json.byteLength;
  const header = parseHeader(source.name, json);
  const tensors = new Map<string, SafetensorsEntry>();
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    tensors.set(name, parseEntry(source, dataStart, name, value));
  }
  checkOverlaps(source.name, tensors);
  return { source, tensors, metadata: parseMetadata(header['__metadata__']) };
}

function parseMetadata(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  const texts = Object.entries(value).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function invalid(file: string, reason: string, tensor?: string, cause?: unknown): AppError {
  return new AppError(
    { code: 'model/invalid', file, reason, ...(tensor === undefined ? {} : { tensor }) },
    { cause },
  );
}

async function readHeader(source: ByteSource): Promise<Uint8Array> {
  const foreign = await notSafetensors(source);
  if (foreign !== undefined) throw foreign;
  const prefix = await source.read(0, 8);
  if (prefix.byteLength < 8) {
    throw invalid(
      source.name,
      `The file has ${String(source.size)} bytes; a safetensors file has 8 at least.`,
    );
  }
  const view = new DataView(prefix.buffer, prefix.byteOffset, 8);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw invalid(
      source.name,
      `The header claims ${String(length)} bytes; this is no safetensors file.`,
    );
  }
  const json = await source.read(8, length);
  if (json.byteLength < length) {
    throw invalid(
      source.name,
      `The header claims ${String(length)} bytes, but the file ends after ${String(source.size)}; download it again.`,
    );
  }
  return json;
}

function parseHeader(file: string, bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (cause) {
    throw invalid(file, 'The header is not JSON; this is no safetensors file.', undefined, cause);
  }
  if (!isRecord(header)) throw invalid(file, 'The header is not a JSON object.');
  const twice = firstRepeatedKey(text);
  if (twice !== undefined) throw invalid(file, 'The header lists this tensor twice.', twice);
  return header;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON.parse keeps the last of two equal keys without a word, so the top level is scanned for them. */
function firstRepeatedKey(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && token.endsWith(':')) {
      const key = String(JSON.parse(token.slice(0, -1)));
      if (seen.has(key)) return key;
      seen.add(key);
    }
  }
  return undefined;
}

function parseEntry(
  source: ByteSource,
  dataStart: number,
  name: string,
  value: unknown,
): SafetensorsEntry {
  if (!isRecord(value)) throw invalid(source.name, 'The entry is not an object.', name);
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) {
    throw invalid(
      source.name,
      `The type ${JSON.stringify(dtype)} is not one of ${Object.keys(BYTES_PER_ELEMENT).join(', ')}.`,
      name,
    );
  }
  if (!isSizes(shape)) {
    throw invalid(source.name, `The shape ${JSON.stringify(shape)} is not a list of sizes.`, name);
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw invalid(source.name, `The offsets ${JSON.stringify(offsets)} are not two places.`, name);
  }
  const [begin = 0, end = 0] = offsets;
  if (end < begin || dataStart + end > source.size) {
    throw invalid(
      source.name,
      `The tensor lies at ${String(begin)}..${String(end)}, but the file holds ${String(source.size - dataStart)} bytes of data; download it again.`,
      name,
    );
  }
  const expected = shape.reduce((product, side) => product * side, BYTES_PER_ELEMENT[dtype]);
  if (expected !== end - begin) {
    throw invalid(
      source.name,
      `Shape [${shape.join(', ')}] in ${dtype} needs ${String(expected)} bytes, not ${String(end - begin)}.`,
      name,
    );
  }
  return { dtype, shape, offset: dataStart + begin, byteLength: expected };
}

function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === 'string' && Object.hasOwn(BYTES_PER_ELEMENT, value);
}

function isSizes(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.every((side) => typeof side === 'number' && Number.isSafeInteger(side) && side >= 0)
  );
}

function checkOverlaps(file: string, tensors: ReadonlyMap<string, SafetensorsEntry>): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.offset - b.offset);
  let end = 0;
  for (const [name, entry] of inOrder) {
    if (entry.byteLength > 0 && entry.offset < end) {
      throw invalid(file, 'The tensor overlaps the one before it.', name);
    }
    end = Math.max(end, entry.offset + entry.byteLength);
  }
}
