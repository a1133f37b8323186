import type { Picture } from '../core/node/definition.js';

/** How two pictures differ. */
export interface PictureDifference {
  /** The absolute difference of each colour channel times the gain, opaque. */
  readonly picture: Picture;
  /** Largest and mean difference of a colour channel, 0..255, without the gain. */
  readonly most: number;
  readonly mean: number;
}

/** The difference of two pictures of one size. @throws Error when the sizes differ. */
export function differenceOf(a: Picture, b: Picture, gain = 1): PictureDifference {
  if (a.width !== b.width || a.height !== b.height) throw new Error('The sizes differ.');
  const data = new Uint8ClampedArray(a.data.length);
  let [most, sum] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    for (let c = i; c < i + 3; c++) {
      const off = Math.abs((a.data[c] ?? 0) - (b.data[c] ?? 0));
      most = Math.max(most, off);
      sum += off;
      data[c] = off * gain;
    }
    data[i + 3] = 255;
  }
  const mean = data.length === 0 ? 0 : sum / (0.75 * data.length);
  return { picture: { width: a.width, height: a.height, data }, most, mean };
}
