import { AppError } from '../core/errors.js';
import type { Picture } from '../core/node/definition.js';
import { pixelsToPicture } from '../diffusion/image-processor.js';
import type { LatentFormat } from '../diffusion/ports.js';
import { leastSquares } from '../tensor/least-squares.js';
import { createRandom } from '../tensor/random.js';
import { cpuTensor, type Tensor } from '../tensor/tensor.js';

type Preview = LatentFormat['preview'];
type Pass = (tensor: Tensor) => Promise<Tensor>;

/** Longest side of a fitted preview in pixels, where a latent has fewer cells. */
const LONGEST_SIDE = 128;
/** Side of the picture that is fitted to, and how many shapes it has. */
const TRIAL_SIDE = 128;
const TRIAL_SHAPES = 1000;
const RIDGE = 1e-3;

/** Previews that the decoder itself makes. */
export function decodedPreview(decode: Pass): Preview {
  return async (samples) => {
    const decoded = await decode(samples);
    const values = await decoded.read();
    const pixels = cpuTensor(
      values.map((value) => value / 2 + 0.5),
      decoded.shape,
    );
    decoded.dispose();
    return pixelsToPicture(pixels);
  };
}

/**
 * Previews by the affine map from a latent cell to the patch of pixels under it that fits best what the encoder makes of a trial
 * picture: rougher than the decoder and thousands of times cheaper. They are at most {@link LONGEST_SIDE} pixels a side, or have
 * one pixel a cell.
 */
export function fittedPreview(
  { channels, downscale }: { readonly channels: number; readonly downscale: number },
  encode: Pass,
): Preview {
  let fit: Promise<Float32Array> | undefined;
  return async (samples): Promise<Picture> => {
    const [, , height = 0, width = 0] = samples.shape;
    const patch = patchSide(Math.max(height, width), downscale);
    let full: Float32Array;
    try {
      full = await (fit ??= fitPatches(channels, downscale, encode));
    } catch (error) {
      fit = undefined;
      // A decoder alone can be looked through without knowing how its latents are made.
      if (error instanceof AppError && error.details.code === 'model/missing') {
        return roughPreview(samples);
      }
      throw error;
    }
    const map = pooled(full, downscale, patch);
    const latent = await samples.read();
    const pixels = painted(latent, map, { channels, height, width, patch });
    return pixelsToPicture(cpuTensor(pixels, [1, 3, height * patch, width * patch]));
  };
}

/** One pixel a latent cell, its first three channels as colours: while no autoencoder is there that knows better. */
export async function roughPreview(samples: Tensor): Promise<Picture> {
  const [, channels = 1, height = 0, width = 0] = samples.shape;
  const latent = await samples.read();
  const cells = height * width;
  const pixels = Float32Array.from({ length: 3 * cells }, (_, i) => {
    const channel = Math.min(Math.floor(i / cells), channels - 1);
    return (latent[channel * cells + (i % cells)] ?? 0) / 8 + 0.5;
  });
  return pixelsToPicture(cpuTensor(pixels, [1, 3, height, width]));
}

/** Pixels a side that a cell gets: the most that divide its patch and keep the preview small. */
function patchSide(cells: number, downscale: number): number {
  let side = downscale;
  while (side > 1 && (side * cells > LONGEST_SIDE || downscale % side !== 0)) side--;
  return side;
}

/** The map of each channel, and of 1, to `[3, downscale, downscale]` pixels in -1..1. */
async function fitPatches(
  channels: number,
  downscale: number,
  encode: Pass,
): Promise<Float32Array> {
  const trial = trialPicture();
  const latent = await encode(cpuTensor(trial, [1, 3, TRIAL_SIDE, TRIAL_SIDE]));
  const values = await latent.read();
  latent.dispose();
  const side = TRIAL_SIDE / downscale;
  const cells = side * side;
  const inputs = channels + 1;
  const outputs = 3 * downscale * downscale;
  const x = Float32Array.from({ length: cells * inputs }, (_, i) => {
    const channel = i % inputs;
    return channel === channels ? 1 : (values[channel * cells + Math.floor(i / inputs)] ?? 0);
  });
  const y = Float32Array.from({ length: cells * outputs }, (_, i) => {
    const [cell, place] = [Math.floor(i / outputs), i % outputs];
    const [colour, within] = [Math.floor(place / downscale ** 2), place % downscale ** 2];
    const row = Math.floor(cell / side) * downscale + Math.floor(within / downscale);
    const column = (cell % side) * downscale + (within % downscale);
    return trial[(colour * TRIAL_SIDE + row) * TRIAL_SIDE + column] ?? 0;
  });
  return leastSquares(x, y, { inputs, outputs, ridge: RIDGE * cells });
}

/** Rectangles of all sizes and colours over each other: edges and even faces, as pictures of things have them. */
function trialPicture(): Float32Array {
  const random = createRandom(1);
  const pixels = new Float32Array(3 * TRIAL_SIDE ** 2);
  for (let shape = 0; shape < TRIAL_SHAPES; shape++) {
    const [height, width] = [random(), random()].map((r) => Math.ceil(r ** 3 * TRIAL_SIDE));
    const [top, left] = [random(), random()].map((r) => Math.floor(r * (TRIAL_SIDE + 16) - 16));
    const colour = [0, 1, 2].map(() => random() * 2 - 1);
    for (let y = Math.max(0, top ?? 0); y < Math.min(TRIAL_SIDE, (top ?? 0) + (height ?? 0)); y++) {
      const from = Math.max(0, left ?? 0);
      const to = Math.min(TRIAL_SIDE, (left ?? 0) + (width ?? 0));
      for (let c = 0; c < 3 && from < to; c++) {
        const line = (c * TRIAL_SIDE + y) * TRIAL_SIDE;
        pixels.fill(colour[c] ?? 0, line + from, line + to);
      }
    }
  }
  return pixels;
}

/** The map with patches of `patch` pixels a side, each the mean of those it takes the place of. */
function pooled(map: Float32Array, downscale: number, patch: number): Float32Array {
  const times = downscale / patch;
  return Float32Array.from({ length: map.length / times ** 2 }, (_, i) => {
    const [plane, place] = [Math.floor(i / patch ** 2), i % patch ** 2];
    const [row, column] = [Math.floor(place / patch) * times, (place % patch) * times];
    let sum = 0;
    for (let y = row; y < row + times; y++) {
      for (let x = column; x < column + times; x++) {
        sum += map[(plane * downscale + y) * downscale + x] ?? 0;
      }
    }
    return sum / times ** 2;
  });
}

/** Pixels in 0..1 of a latent, `[3, height × patch, width × patch]`. */
function painted(
  latent: Float32Array,
  map: Float32Array,
  size: { channels: number; height: number; width: number; patch: number },
): Float32Array {
  const { channels, height, width, patch } = size;
  const cells = height * width;
  const length = 3 * patch ** 2;
  const pixels = new Float32Array(cells * length);
  const colours = new Float32Array(length);
  for (let cell = 0; cell < cells; cell++) {
    colours.set(map.subarray(channels * length));
    for (let channel = 0; channel < channels; channel++) {
      const value = latent[channel * cells + cell] ?? 0;
      for (let i = 0; i < length; i++) {
        colours[i] = (colours[i] ?? 0) + value * (map[channel * length + i] ?? 0);
      }
    }
    const corner = Math.floor(cell / width) * patch * width * patch + (cell % width) * patch;
    for (let i = 0; i < length; i++) {
      const line = Math.floor(i / patch);
      const row = Math.floor(line / patch) * cells * patch ** 2 + (line % patch) * width * patch;
      pixels[corner + row + (i % patch)] = (colours[i] ?? 0) / 2 + 0.5;
    }
  }
  return pixels;
}
