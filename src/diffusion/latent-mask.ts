import { cpuTensor, sizeOf, type Tensor } from '../tensor/tensor.js';

const resized = new WeakMap<Tensor, Map<string, Promise<Tensor>>>();

/**
 * The mask at the size of latents, `[1, 1, height, width]`: cropped about its centre to their aspect, as
 * pictures are, then resized by nearest neighbour. The same tensor for every call with the same mask and size,
 * so a loop resizes once; borrowed.
 */
export function maskAtSize(mask: Tensor, height: number, width: number): Promise<Tensor> {
  const [, , rows, columns] = mask.shape;
  if (rows === height && columns === width) return Promise.resolve(mask);
  const sizes = resized.get(mask) ?? new Map<string, Promise<Tensor>>();
  resized.set(mask, sizes);
  const size = `${String(height)}x${String(width)}`;
  const found = sizes.get(size) ?? resizeMask(mask, height, width);
  sizes.set(size, found);
  return found;
}

/** A mask with one value everywhere, at the size of latents; 1 is what an absent mask means. */
export function fullMask(height: number, width: number, value = 1): Tensor {
  const shape = [1, 1, height, width];
  return cpuTensor(new Float32Array(sizeOf(shape)).fill(value), shape);
}

async function resizeMask(mask: Tensor, height: number, width: number): Promise<Tensor> {
  const [, , rows = 0, columns = 0] = mask.shape;
  const source = await mask.read();
  const cropWidth = Math.max(1, Math.min(columns, Math.round((rows * width) / height)));
  const cropHeight = Math.max(1, Math.min(rows, Math.round((columns * height) / width)));
  const left = Math.floor((columns - cropWidth) / 2);
  const top = Math.floor((rows - cropHeight) / 2);
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const row = top + nearest(y, cropHeight, height);
    for (let x = 0; x < width; x++) {
      values[y * width + x] = source[row * columns + left + nearest(x, cropWidth, width)] ?? 0;
    }
  }
  return cpuTensor(values, [1, 1, height, width]);
}

/** The source cell under the centre of a target cell. */
function nearest(index: number, from: number, to: number): number {
  return Math.min(from - 1, Math.floor(((index + 0.5) * from) / to));
}
