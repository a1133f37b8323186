import { decode, encode, type DecodedPng } from 'fast-png';
import type { Picture } from '../core/node/definition.js';

/**
 * Decodes a PNG to 8-bit RGBA: grey, colour or palette, 1 to 16 bits, with alpha or `tRNS`, interlaced or
 * not. 16-bit values are rounded to 8 bits, not cut. @throws Error that says what is wrong with the file.
 */
export function decodePng(bytes: Uint8Array): Picture {
  if (bytes[28] === 1 && (bytes[24] ?? 8) < 8) {
    throw new Error(
      'it is interlaced with fewer than 8 bits a channel; save it without interlacing',
    );
  }
  const png = decode(bytes, { checkCrc: true });
  const { width, height } = png;
  const data = new Uint8ClampedArray(4 * width * height);
  if (png.depth === 8 && png.channels >= 3 && !png.palette && !png.transparency) {
    return { width, height, data: interleave(png, data) };
  }
  const sample = sampler(png);
  const toEight = 255 / (2 ** png.depth - 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = 4 * (y * width + x);
      if (png.palette) {
        const colour = png.palette[sample(y, x, 0)] ?? missingColour();
        for (let c = 0; c < 4; c++) data[to + c] = colour[c] ?? 255;
      } else {
        writePixel(png, (c) => sample(y, x, c), toEight, data, to);
      }
    }
  }
  return { width, height, data };
}

/** Encodes a picture as 8-bit RGB PNG, or RGBA when something in it is transparent. */
export function encodePng({ width, height, data }: Picture): Uint8Array {
  const isOpaque = data.every((value, i) => i % 4 !== 3 || value === 255);
  const pixels = isOpaque ? data.filter((_, i) => i % 4 !== 3) : data;
  return encode({ width, height, data: pixels, channels: isOpaque ? 3 : 4, depth: 8 });
}

/** The common case, quickly: pictures of a camera have tens of millions of pixels. */
function interleave({ data, channels }: DecodedPng, to: Uint8ClampedArray<ArrayBuffer>) {
  if (channels === 4) {
    to.set(data);
    return to;
  }
  for (let from = 0, at = 0; at < to.length; from += 3, at += 4) {
    to[at] = data[from] ?? 0;
    to[at + 1] = data[from + 1] ?? 0;
    to[at + 2] = data[from + 2] ?? 0;
    to[at + 3] = 255;
  }
  return to;
}

function missingColour(): never {
  throw new Error('a pixel names a colour that its palette does not have');
}

/** Reads one sample; rows of fewer than 8 bits a sample are packed and start at a whole byte. */
function sampler({ data, depth, channels, width }: DecodedPng) {
  if (depth >= 8) {
    return (y: number, x: number, c: number) => data[(y * width + x) * channels + c] ?? 0;
  }
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const mask = 2 ** depth - 1;
  return (y: number, x: number, c: number) => {
    const bit = (x * channels + c) * depth;
    return ((data[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask;
  };
}

function writePixel(
  { channels, transparency, depth }: DecodedPng,
  sample: (channel: number) => number,
  toEight: number,
  data: Uint8ClampedArray,
  to: number,
): void {
  const isGrey = channels < 3;
  for (let c = 0; c < 3; c++) data[to + c] = sample(isGrey ? 0 : c) * toEight;
  const hasAlpha = channels === 2 || channels === 4;
  const isKeyed =
    !hasAlpha && (transparency?.every((value, c) => value % 2 ** depth === sample(c)) ?? false);
  data[to + 3] = hasAlpha ? sample(channels - 1) * toEight : isKeyed ? 0 : 255;
}
