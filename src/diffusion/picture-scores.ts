import type { Picture } from '../core/node/definition.js';
import { psnr, ssim, type Plane } from '../tensor/picture-metrics.js';

/** How alike two pictures are: decibel over all colours, and structural similarity of their brightness. */
export interface PictureScores {
  readonly psnr: number;
  /** Undefined for pictures of less than 11 pixels a side. */
  readonly ssim: number | undefined;
}

/** Scores of two pictures of one size; undefined when the sizes differ. */
export function scorePictures(a: Picture, b: Picture): PictureScores | undefined {
  if (a.width !== b.width || a.height !== b.height) return undefined;
  const isLarge = Math.min(a.width, a.height) >= 11;
  return {
    psnr: psnr(coloursOf(a), coloursOf(b), 255),
    ssim: isLarge ? ssim(brightnessOf(a), brightnessOf(b), 255) : undefined,
  };
}

function coloursOf({ data }: Picture): Float32Array {
  return Float32Array.from(data.filter((_value, i) => i % 4 !== 3));
}

/** Rec. 601. */
function brightnessOf({ width, height, data }: Picture): Plane {
  const values = Float32Array.from({ length: width * height }, (_unused, i) => {
    const [r = 0, g = 0, b = 0] = data.subarray(4 * i, 4 * i + 3);
    return 0.299 * r + 0.587 * g + 0.114 * b;
  });
  return { width, height, data: values };
}
