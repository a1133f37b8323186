import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeOf } from '../../../src/tensor/tensor.js';

interface ArrayEntry {
  readonly dtype: 'f32' | 'u8' | 'i32';
  readonly shape: readonly number[];
  readonly offset: number;
  readonly nbytes: number;
}

/** Recorded arrays of one file, `NAME.json` with `NAME.bin`, and what the JSON says besides. */
export interface GoldenFile<Meta> {
  readonly meta: Meta;
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  shape(name: string): readonly number[];
  /** @throws Error when there is no such array of that type. */
  f32(name: string): Float32Array;
  u8(name: string): Uint8Array;
  i32(name: string): Int32Array;
}

/**
 * Opens a recorded file of a directory; undefined when it is not there. `Meta` is what the caller knows the JSON of
 * that file to hold.
 */
export async function openGolden<Meta = unknown>(
  directory: string,
  name: string,
): Promise<GoldenFile<Meta> | undefined> {
  const path = join(directory, `${name}.json`);
  if (!existsSync(path)) return undefined;
  const meta = JSON.parse(await readFile(path, 'utf8')) as Meta & {
    readonly file?: string;
    readonly arrays?: Readonly<Record<string, ArrayEntry>>;
  };
  const entries = new Map(Object.entries(meta.arrays ?? {}));
  // A fresh copy starts at a multiple of 8, so that the arrays can be laid on it.
  const bytes = meta.file
    ? new Uint8Array(await readFile(join(directory, meta.file)))
    : new Uint8Array(0);
  const entryOf = (array: string, dtype: ArrayEntry['dtype']): ArrayEntry => {
    const entry = entries.get(array);
    if (entry?.dtype !== dtype) throw new Error(`${path} holds no ${dtype} array ${array}.`);
    return entry;
  };
  const placeOf = (array: string, dtype: ArrayEntry['dtype']) => {
    const { offset, shape } = entryOf(array, dtype);
    return [bytes.buffer, bytes.byteOffset + offset, sizeOf(shape)] as const;
  };
  return {
    meta,
    names: [...entries.keys()],
    has: (array) => entries.has(array),
    shape: (array) => entries.get(array)?.shape ?? [],
    f32: (array) => new Float32Array(...placeOf(array, 'f32')),
    u8: (array) => new Uint8Array(...placeOf(array, 'u8')),
    i32: (array) => new Int32Array(...placeOf(array, 'i32')),
  };
}
