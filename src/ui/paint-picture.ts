import type { Picture } from '../core/node/definition.js';

/** Gives a canvas the size and the pixels of a picture. */
export function paintPicture(canvas: HTMLCanvasElement, picture: Picture): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  const pixels = new ImageData(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}
