/** Interleaved 8-bit pixels, row-major. */
export interface PixelGrid {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Bits after the point of Pillow's integer weights: 32 minus 8 for the pixel, minus 2 for overshoot and sign. */
const FRACTION_BITS = 22;
const BICUBIC_RADIUS = 2;
const BICUBIC_A = -0.5;

function bicubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((BICUBIC_A + 2) * x - (BICUBIC_A + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * BICUBIC_A;
  return 0;
}

/** For one output pixel: where its source pixels start, and their integer weights. */
interface Taps {
  readonly start: number;
  readonly weights: readonly number[];
}

/** The weights that an antialiased bicubic filter gives each source pixel of a line. */
function tapsOf(inputSize: number, outputSize: number): readonly Taps[] {
  const scale = inputSize / outputSize;
  const filterScale = Math.max(scale, 1);
  const radius = BICUBIC_RADIUS * filterScale;
  return Array.from({ length: outputSize }, (_unused, position) => {
    const centre = (position + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - radius + 0.5), 0);
    const end = Math.min(Math.trunc(centre + radius + 0.5), inputSize);
    const raw = Array.from({ length: end - start }, (_tap, offset) =>
      bicubic((start + offset - centre + 0.5) / filterScale),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    const weights = raw.map((weight) => {
      const fixed = (weight / sum) * 2 ** FRACTION_BITS;
      return Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    });
    return { start, weights };
  });
}

/** Resizes lines of pixels: `stride` values lie between neighbours along the line, `lineStart` tells where a line begins. */
function resizeLine(
  source: PixelGrid['data'],
  sourceStart: number,
  target: Uint8ClampedArray,
  targetStart: number,
  taps: readonly Taps[],
  stride: number,
): void {
  taps.forEach(({ start, weights }, position) => {
    let sum = 2 ** (FRACTION_BITS - 1);
    let index = sourceStart + start * stride;
    for (const weight of weights) {
      sum += weight * (source[index] ?? 0);
      index += stride;
    }
    target[targetStart + position * stride] = Math.floor(sum / 2 ** FRACTION_BITS);
  });
}

/**
 * Resizes 8-bit pixels with an antialiased bicubic filter, as Pillow's `Image.resize` does: first along rows,
 * then along columns, 8 bits in between.
 */
export function resizeBicubic(image: PixelGrid, width: number, height: number): PixelGrid {
  const { channels } = image;
  const columns = tapsOf(image.width, width);
  const rows = tapsOf(image.height, height);
  const wide = new Uint8ClampedArray(width * image.height * channels);
  for (let y = 0; y < image.height; y++) {
    for (let c = 0; c < channels; c++) {
      const from = y * image.width * channels + c;
      resizeLine(image.data, from, wide, y * width * channels + c, columns, channels);
    }
  }
  if (height === image.height) return { width, height, channels, data: wide };
  const data = new Uint8ClampedArray(width * height * channels);
  for (let x = 0; x < width * channels; x++) {
    resizeLine(wide, x, data, x, rows, width * channels);
  }
  return { width, height, channels, data };
}

/**
 * The largest centred part with the aspect of `width` by `height`; for a square target the reference code's
 * crop, offset `(long - short) // 2`. method.md 5.
 */
export function centreCrop(image: PixelGrid, width: number, height: number): PixelGrid {
  const cropWidth = Math.max(1, Math.min(image.width, Math.round((image.height * width) / height)));
  const cropHeight = Math.max(
    1,
    Math.min(image.height, Math.round((image.width * height) / width)),
  );
  if (cropWidth === image.width && cropHeight === image.height) return image;
  const left = Math.floor((image.width - cropWidth) / 2);
  const top = Math.floor((image.height - cropHeight) / 2);
  const { channels } = image;
  const data = new Uint8ClampedArray(cropWidth * cropHeight * channels);
  for (let y = 0; y < cropHeight; y++) {
    const start = ((top + y) * image.width + left) * channels;
    data.set(image.data.subarray(start, start + cropWidth * channels), y * cropWidth * channels);
  }
  return { width: cropWidth, height: cropHeight, channels, data };
}
