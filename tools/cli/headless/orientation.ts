import type { Picture } from '../../../src/core/node/definition.js';

/** Turns a picture upright from its EXIF orientation 1..8 (1 = as it is). */
export function turnPicture(picture: Picture, orientation: number): Picture {
  const turn = TURNS[orientation];
  if (!turn) return picture;
  const { width, height } = picture;
  const [outWidth, outHeight] = orientation >= 5 ? [height, width] : [width, height];
  const from = new Uint32Array(
    picture.data.buffer,
    picture.data.byteOffset,
    picture.data.byteLength / 4,
  );
  const to = new Uint32Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [fromX, fromY] = turn(x, y, width - 1, height - 1);
      to[y * outWidth + x] = from[fromY * width + fromX] ?? 0;
    }
  }
  return { width: outWidth, height: outHeight, data: new Uint8ClampedArray(to.buffer) };
}

type Turn = (x: number, y: number, right: number, bottom: number) => readonly [number, number];

/** Where the upright pixel (x, y) lies in the stored picture; EXIF 2.3, tag 0x0112. */
const TURNS: Readonly<Record<number, Turn>> = {
  2: (x, y, right) => [right - x, y],
  3: (x, y, right, bottom) => [right - x, bottom - y],
  4: (x, y, _right, bottom) => [x, bottom - y],
  5: (x, y) => [y, x],
  6: (x, y, _right, bottom) => [y, bottom - x],
  7: (x, y, right, bottom) => [right - y, bottom - x],
  8: (x, y, right) => [right - y, x],
};
