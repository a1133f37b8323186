import { open, type FileHandle } from 'node:fs/promises';
import { paletteOf, randomIndices, seedOf } from './random-values.js';

/** A tensor to be written: its key in the file, its shape there, and the key that its values are drawn for. */
export interface TensorPlan {
  readonly key: string;
  readonly shape: readonly number[];
  readonly drawnAs: string;
}

/** Types that files are written in. */
export type WeightType = 'fp16' | 'fp32';

const CHUNK = 2 ** 22;

/** Writes a safetensors file tensor by tensor; a file of any size takes a few megabytes of memory. */
export async function writeWeights(
  path: string,
  plans: readonly TensorPlan[],
  type: WeightType,
  seed: number,
): Promise<void> {
  const size = type === 'fp16' ? 2 : 4;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let offset = 0;
  for (const { key, shape } of plans) {
    const end = offset + size * count(shape);
    header[key] = { dtype: type === 'fp16' ? 'F16' : 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = JSON.stringify(header);
  // Published files fill their headers up with blanks to a multiple of eight.
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = await open(path, 'w');
  try {
    const prefix = new Uint8Array(8);
    new DataView(prefix.buffer).setBigUint64(0, BigInt(json.byteLength), true);
    await file.write(prefix);
    await file.write(json);
    for (const plan of plans) await writeTensor(file, plan, type, seed);
  } finally {
    await file.close();
  }
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

async function writeTensor(
  file: FileHandle,
  { shape, drawnAs }: TensorPlan,
  type: WeightType,
  seed: number,
): Promise<void> {
  const { floats, halves } = paletteOf(drawnAs, shape);
  const palette = type === 'fp16' ? halves : floats;
  const draw = randomIndices(seedOf(drawnAs, seed));
  const total = count(shape);
  for (let done = 0; done < total; done += CHUNK) {
    const indices = new Uint16Array(Math.min(CHUNK, total - done));
    draw(indices);
    const values =
      type === 'fp16' ? new Uint16Array(indices.length) : new Float32Array(indices.length);
    for (let i = 0; i < indices.length; i++) values[i] = palette[indices[i] ?? 0] ?? 0;
    await file.write(new Uint8Array(values.buffer));
  }
}
