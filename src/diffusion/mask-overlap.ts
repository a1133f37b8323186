import type { Picture } from '../core/node/definition.js';
import type { Tensor } from '../tensor/tensor.js';
import { maskAtSize } from './latent-mask.js';

/** How two masks lie on each other. */
export interface MaskOverlap {
  /** Share of what both hold in what either holds; undefined when both are empty. */
  readonly iou: number | undefined;
  /** Both white, only the first orange, only the second blue, neither black. */
  readonly picture: Picture;
}

const COLOURS = [
  [0, 0, 0],
  [230, 140, 40],
  [60, 130, 230],
  [255, 255, 255],
] as const;

/**
 * Intersection over union of two masks `[1, 1, height, width]`, of which values above one half count. The second is
 * cropped and resized to the first by nearest neighbour. Cells are drawn `scale` pixels wide.
 */
export async function maskOverlap(a: Tensor, b: Tensor, scale: number): Promise<MaskOverlap> {
  const [, , rows = 0, columns = 0] = a.shape;
  const first = await a.read();
  const second = await (await maskAtSize(b, rows, columns)).read();
  const [width, height] = [columns * scale, rows * scale];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  const counts = [0, 0, 0, 0];
  first.forEach((value, cell) => {
    const kind = (value > 0.5 ? 1 : 0) + ((second[cell] ?? 0) > 0.5 ? 2 : 0);
    counts[kind] = (counts[kind] ?? 0) + 1;
    const [x, y] = [(cell % columns) * scale, Math.floor(cell / columns) * scale];
    for (let i = 0; i < scale * scale; i += 1) {
      const pixel = (y + Math.floor(i / scale)) * width + x + (i % scale);
      data.set(COLOURS[kind] ?? COLOURS[0], 4 * pixel);
    }
  });
  const [, onlyFirst = 0, onlySecond = 0, both = 0] = counts;
  const either = onlyFirst + onlySecond + both;
  return { iou: either === 0 ? undefined : both / either, picture: { width, height, data } };
}
