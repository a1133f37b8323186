import type { Picture } from '../core/node/definition.js';
import { centreCrop, resizeBicubic } from '../tensor/resize.js';
import { cpuTensor, type Tensor } from '../tensor/tensor.js';

/** A channel of a picture, by name. */
export type PictureChannel = 'red' | 'green' | 'blue' | 'alpha';

/** Picture to `[1, 3, height, width]`, RGB in 0..1; what is transparent is laid on white. */
export function pictureToPixels({ width, height, data }: Picture): Tensor {
  const area = width * height;
  const pixels = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    const alpha = (data[4 * i + 3] ?? 255) / 255;
    for (let c = 0; c < 3; c++) {
      const value = (data[4 * i + c] ?? 0) / 255;
      pixels[c * area + i] = alpha === 1 ? value : value * alpha + (1 - alpha);
    }
  }
  return cpuTensor(pixels, [1, 3, height, width]);
}

/** One channel of a picture as `[1, 1, height, width]` in 0..1. */
export function pictureChannel({ width, height, data }: Picture, channel: PictureChannel): Tensor {
  const offset = { red: 0, green: 1, blue: 2, alpha: 3 }[channel];
  const values = Float32Array.from(
    { length: width * height },
    (_, i) => (data[4 * i + offset] ?? 0) / 255,
  );
  return cpuTensor(values, [1, 1, height, width]);
}

/** `[1, 3, height, width]` in 0..1 (values beyond are clamped) to an opaque picture, rounded to 8 bits. */
export async function pixelsToPicture(pixels: Tensor): Promise<Picture> {
  const [, , height = 0, width = 0] = pixels.shape;
  const values = await pixels.read();
  const area = width * height;
  const data = new Uint8ClampedArray(4 * area);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = (values[c * area + i] ?? 0) * 255;
    data[4 * i + 3] = 255;
  }
  return { width, height, data };
}

/** A mask `[1, 1, height, width]` in 0..1 to a grey picture, every value drawn `scale` pixels wide. */
export async function maskToPicture(mask: Tensor, scale: number): Promise<Picture> {
  const [, , rows = 0, columns = 0] = mask.shape;
  const values = await mask.read();
  const [width, height] = [columns * scale, rows * scale];
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const row = Math.floor(Math.floor(i / width) / scale);
    const level = (values[row * columns + Math.floor((i % width) / scale)] ?? 0) * 255;
    data.fill(level, 4 * i, 4 * i + 3);
    data[4 * i + 3] = 255;
  }
  return { width, height, data };
}

/** A picture made ready for the autoencoder. */
export interface PreparedImage {
  /** `[3, height, width]` in -1..1: each 8-bit value / 127.5 - 1. */
  readonly values: Float32Array;
  /** The same picture as it can be shown. */
  readonly picture: Picture;
}

/**
 * Centre crop to the aspect of `width` by `height`, then 8-bit bicubic resize with antialiasing, as the
 * reference code prepares its pictures. method.md 5.
 */
export async function prepareImage(
  pixels: Tensor,
  width: number,
  height: number,
): Promise<PreparedImage> {
  const whole = await pixelsToPicture(pixels);
  const resized = resizeBicubic(
    centreCrop({ ...whole, channels: 4 }, width, height),
    width,
    height,
  );
  const area = width * height;
  const values = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) values[c * area + i] = (resized.data[4 * i + c] ?? 0) / 127.5 - 1;
  }
  return { values, picture: { width, height, data: new Uint8ClampedArray(resized.data) } };
}
