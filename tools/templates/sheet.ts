import type { Picture } from '../../src/core/node/definition.js';

/** Pictures side by side, each brought to a height by averaging areas. */
export function sheetOf(pictures: readonly Picture[], height: number): Picture {
  const scaled = pictures.map((picture) => scaledTo(picture, height));
  const width = scaled.reduce((sum, part) => sum + part.width, 0);
  const data = new Uint8ClampedArray(4 * width * height);
  let left = 0;
  for (const part of scaled) {
    for (let y = 0; y < height; y++) {
      const row = part.data.subarray(4 * y * part.width, 4 * (y + 1) * part.width);
      data.set(row, 4 * (y * width + left));
    }
    left += part.width;
  }
  return { width, height, data };
}

function scaledTo(picture: Picture, height: number): Picture {
  const width = Math.max(1, Math.round((picture.width * height) / picture.height));
  const [down, across] = [picture.height / height, picture.width / width];
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [top, bottom] = [y * down, (y + 1) * down];
      const [left, right] = [x * across, (x + 1) * across];
      average(picture, { top, bottom, left, right }, data, 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The mean colour of an area whose edges may lie between pixels. */
function average(
  { width, data }: Picture,
  { top, bottom, left, right }: Area,
  to: Uint8ClampedArray,
  at: number,
): void {
  const sums = [0, 0, 0, 0];
  for (let y = Math.floor(top); y < Math.ceil(bottom); y++) {
    const tall = Math.min(y + 1, bottom) - Math.max(y, top);
    for (let x = Math.floor(left); x < Math.ceil(right); x++) {
      const share = tall * (Math.min(x + 1, right) - Math.max(x, left));
      for (let c = 0; c < 4; c++) {
        sums[c] = (sums[c] ?? 0) + share * (data[4 * (y * width + x) + c] ?? 0);
      }
    }
  }
  const area = (bottom - top) * (right - left);
  for (let c = 0; c < 4; c++) to[at + c] = Math.round((sums[c] ?? 0) / area);
}
