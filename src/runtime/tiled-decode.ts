import { isOutOfMemory } from '../core/errors.js';
import type { MemoryStep } from '../core/memory-step.js';
import { cpuTensor, type Tensor } from '../tensor/tensor.js';

/** How a picture is decoded in pieces. */
export interface Tiling {
  /** Side of a tile in latent cells. */
  readonly side: number;
  /** Cells that neighbouring tiles share at least; over these they are blended. */
  readonly overlap: number;
  /** Pixels of a cell's side. */
  readonly downscale: number;
}

/**
 * Decodes `[1, channels, rows, columns]` in overlapping tiles, one after the other, and blends them linearly where they overlap, so
 * that memory is that of one tile. A decoder that looks no farther than the overlap gives what it gives in one piece; one with
 * attention or group norms over the whole picture gives a picture without seams whose tones may differ a little.
 */
export async function decodeInTiles(
  samples: Tensor,
  { side, overlap, downscale }: Tiling,
  decode: (tile: Tensor) => Promise<Tensor>,
  signal: AbortSignal,
): Promise<Tensor> {
  const [, channels = 0, rows = 0, columns = 0] = samples.shape;
  const latent = await samples.read();
  const [height, width] = [rows * downscale, columns * downscale];
  const sum = new Float32Array(3 * height * width);
  const total = new Float32Array(height * width);
  for (const top of tileStarts(rows, side, overlap)) {
    for (const left of tileStarts(columns, side, overlap)) {
      signal.throwIfAborted();
      const size = [Math.min(side, rows), Math.min(side, columns)] as const;
      const cut = cutTile(latent, [channels, rows, columns], [top, left], size);
      const decoded = await decode(cpuTensor(cut, [1, channels, ...size]));
      const tile = {
        pixels: await decoded.read(),
        height: size[0] * downscale,
        width: size[1] * downscale,
      };
      decoded.dispose();
      const place = { top: top * downscale, left: left * downscale, width, height };
      addTile(sum, total, tile, place, overlap * downscale);
    }
  }
  const area = height * width;
  const pixels = sum.map((value, index) => value / (total[index % area] ?? 1));
  return cpuTensor(pixels, [1, 3, height, width]);
}

/**
 * Decodes in one piece, and where there is no memory for that, in tiles of about half the side. `warn` hears of it.
 * @throws AppError `model/out-of-memory` when there is none for a tile either.
 */
export async function decodeWithinMemory(
  samples: Tensor,
  downscale: number,
  decode: (piece: Tensor) => Promise<Tensor>,
  signal: AbortSignal,
  warn?: (step: MemoryStep) => void,
): Promise<Tensor> {
  try {
    return await decode(samples);
  } catch (error) {
    const [, , rows = 0, columns = 0] = samples.shape;
    const side = Math.ceil(Math.max(rows, columns) / 2) + SMALL_OVERLAP / 2;
    if (!isOutOfMemory(error) || side <= 2 * SMALL_OVERLAP) throw error;
    warn?.({ code: 'memory/tiles' });
    return decodeInTiles(samples, { side, overlap: SMALL_OVERLAP, downscale }, decode, signal);
  }
}

/** Cells that tiles share when memory is short. */
const SMALL_OVERLAP = 8;

/** Where tiles of `side` begin so that they cover `length` and overlap by `overlap` at least; evenly spread. */
export function tileStarts(length: number, side: number, overlap: number): readonly number[] {
  if (length <= side) return [0];
  const count = Math.ceil((length - overlap) / (side - overlap));
  return Array.from({ length: count }, (_unused, i) =>
    Math.round((i * (length - side)) / (count - 1)),
  );
}

function cutTile(
  latent: Float32Array,
  [channels, rows, columns]: readonly [number, number, number],
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): Float32Array {
  const tile = new Float32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < height; row++) {
      const start = (channel * rows + top + row) * columns + left;
      tile.set(latent.subarray(start, start + width), (channel * height + row) * width);
    }
  }
  return tile;
}

/** Adds a tile with weights that rise linearly from its inner edges over `ramp` pixels. */
function addTile(
  sum: Float32Array,
  total: Float32Array,
  tile: { readonly pixels: Float32Array; readonly height: number; readonly width: number },
  place: {
    readonly top: number;
    readonly left: number;
    readonly height: number;
    readonly width: number;
  },
  ramp: number,
): void {
  const down = rampOf(tile.height, ramp, place.top > 0, place.top + tile.height < place.height);
  const across = rampOf(tile.width, ramp, place.left > 0, place.left + tile.width < place.width);
  const [area, tileArea] = [place.height * place.width, tile.height * tile.width];
  for (let row = 0; row < tile.height; row++) {
    for (let column = 0; column < tile.width; column++) {
      const weight = (down[row] ?? 0) * (across[column] ?? 0);
      const at = (place.top + row) * place.width + place.left + column;
      total[at] = (total[at] ?? 0) + weight;
      for (let colour = 0; colour < 3; colour++) {
        const value = tile.pixels[colour * tileArea + row * tile.width + column] ?? NaN;
        sum[colour * area + at] = (sum[colour * area + at] ?? 0) + weight * value;
      }
    }
  }
}

/** Weights along one axis: 1 inside, never 0. */
function rampOf(length: number, ramp: number, before: boolean, after: boolean): Float32Array {
  return Float32Array.from({ length }, (_unused, i) => {
    const rising = before ? Math.min(1, (i + 0.5) / ramp) : 1;
    const falling = after ? Math.min(1, (length - i - 0.5) / ramp) : 1;
    return rising * falling;
  });
}
