import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import type { MemoryStep } from '../../src/core/memory-step.js';
import { decodeInTiles, decodeWithinMemory, tileStarts } from '../../src/runtime/tiled-decode.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';

const { signal } = new AbortController();
const [rows, columns] = [21, 13];

function latent(): Tensor {
  const values = Float32Array.from({ length: 2 * rows * columns }, (_, i) => Math.sin(i * 12.9898));
  return cpuTensor(values, [1, 2, rows, columns]);
}

/** A decoder that looks no farther than one cell: the mean of a cell and its right neighbour, twice as large. */
async function decode(tile: Tensor): Promise<Tensor> {
  const [, , height = 0, width = 0] = tile.shape;
  const values = await tile.read();
  const pixels = new Float32Array(3 * 4 * height * width);
  for (let i = 0; i < pixels.length; i++) {
    const column = Math.floor((i % (2 * width)) / 2);
    const row = Math.floor((Math.floor(i / (2 * width)) % (2 * height)) / 2);
    const at = row * width + column;
    const next = row * width + Math.min(width - 1, column + 1);
    pixels[i] = ((values[at] ?? NaN) + (values[next] ?? NaN)) / 2;
  }
  return cpuTensor(pixels, [1, 3, 2 * height, 2 * width]);
}

describe('decodeInTiles', () => {
  it('covers every length by tiles that overlap as much as asked', () => {
    for (const length of [3, 8, 9, 20, 21, 100]) {
      const starts = tileStarts(length, 8, 3);
      expect(starts[0]).to.equal(0);
      expect((starts.at(-1) ?? 0) + 8).to.be.at.least(length);
      starts.slice(1).forEach((start, i) => {
        expect(start - (starts[i] ?? 0)).to.be.within(1, 5);
      });
    }
  });

  it('takes over where there is no memory for the whole, and says so; where there is none for a tile, that is told', async () => {
    const [height, width] = [40, 24];
    const values = Float32Array.from({ length: 2 * height * width }, (_, i) => Math.sin(i));
    const large = cpuTensor(values, [1, 2, height, width]);
    const within = (cells: number) => (piece: Tensor) => {
      const [, , tall = 0, wide = 0] = piece.shape;
      if (tall * wide <= cells) return decode(piece);
      const full = { code: 'model/out-of-memory', reason: 'it is full' } as const;
      return Promise.reject(new AppError(full));
    };
    const told: string[] = [];
    const warn = ({ code }: MemoryStep) => told.push(code);
    const whole = await decodeWithinMemory(large, 2, within(960), signal, warn);
    expect(told).to.deep.equal([]);
    const tiled = await decodeWithinMemory(large, 2, within(600), signal, warn);
    expect(told).to.deep.equal(['memory/tiles']);
    expect(tiled.shape).to.deep.equal(whole.shape);
    const failed: unknown = await decodeWithinMemory(large, 2, within(9), signal).catch(
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(AppError);
  });

  it('gives the picture in one piece, but for the weight that an edge has at its last pixel', async () => {
    const tiled = await decodeInTiles(
      latent(),
      { side: 8, overlap: 4, downscale: 2 },
      decode,
      signal,
    );
    const whole = await decode(latent());
    expect(tiled.shape).to.deep.equal(whole.shape);
    const [found, wanted] = [await tiled.read(), await whole.read()];
    const worst = found.reduce(
      (max, value, i) => Math.max(max, Math.abs(value - (wanted[i] ?? NaN))),
      0,
    );
    // Only a tile's last column misses its neighbour; there its weight is at most an eighth of the sum.
    expect(worst).to.be.below(0.25);
    const rms = Math.sqrt(
      found.reduce((sum, value, i) => sum + (value - (wanted[i] ?? NaN)) ** 2, 0) / found.length,
    );
    expect(rms).to.be.below(0.03);
  });

  it('gives exactly the picture in one piece where a cell is decoded by itself', async () => {
    const alone = async (tile: Tensor): Promise<Tensor> => {
      const [, , height = 0, width = 0] = tile.shape;
      const values = await tile.read();
      const area = height * width;
      const pixels = Float32Array.from({ length: 3 * area }, (_, i) => values[i % area] ?? NaN);
      return cpuTensor(pixels, [1, 3, height, width]);
    };
    const tiled = await decodeInTiles(
      latent(),
      { side: 7, overlap: 2, downscale: 1 },
      alone,
      signal,
    );
    const [found, wanted] = [await tiled.read(), await (await alone(latent())).read()];
    found.forEach((value, i) => expect(value).to.be.closeTo(wanted[i] ?? NaN, 1e-6));
  });
});
