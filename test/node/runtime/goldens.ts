import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the tensors recorded from the reference program. */
export const GOLDENS = join(import.meta.dirname, '../../fixtures/goldens');

/** One recorded array. */
export interface GoldenArray {
  readonly data: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
}

/** The arrays of one recorded file, by name. */
export function readGolden(name: string): (array: string) => GoldenArray {
  return readGoldenAt(GOLDENS, name);
}

/** The arrays of a recorded file in another folder, by name. */
export function readGoldenAt(folder: string, name: string): (array: string) => GoldenArray {
  const meta = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
    arrays: Record<
      string,
      { dtype: 'f32' | 'i32' | 'u8'; shape: number[]; offset: number; nbytes: number }
    >;
  };
  const bytes = new Uint8Array(readFileSync(join(folder, `${name}.bin`)));
  return (array) => {
    const entry = meta.arrays[array];
    if (entry === undefined) throw new Error(`${name} has no array ${array}.`);
    const { buffer } = bytes.slice(entry.offset, entry.offset + entry.nbytes);
    const Type = { f32: Float32Array, i32: Int32Array, u8: Uint8Array }[entry.dtype];
    return { data: new Type(buffer), shape: entry.shape };
  };
}

/** A recorded float array. */
export function floats(array: GoldenArray): Float32Array {
  if (array.data instanceof Float32Array) return array.data;
  throw new Error('The array does not hold floats.');
}

/** max |a - b| / max |b|. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length)
    throw new Error(`${String(a.length)} values against ${String(b.length)}.`);
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
    size = Math.max(size, Math.abs(b[i] ?? NaN));
  }
  return difference / size;
}
