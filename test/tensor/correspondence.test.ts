import { expect } from '@open-wc/testing';
import { correspondence, eachAttentionRow } from '../../src/tensor/correspondence.js';

const COLUMNS = 12;
const CELLS = 12 * 12;
const CHANNELS = 16;

/** A feature for every cell of a grid, all of one length, so that each is likest itself. */
const features = Float32Array.from({ length: CELLS * CHANNELS }, (_unused, i) => {
  const [cell, channel] = [Math.floor(i / CHANNELS), i % CHANNELS];
  const frequency = 1 + (channel >> 2);
  const place = channel & 1 ? cell % COLUMNS : Math.floor(cell / COLUMNS);
  const angle = (frequency * place * Math.PI) / COLUMNS;
  return 4 * (channel & 2 ? Math.sin(angle) : Math.cos(angle));
});

function moved(from: (cell: number) => number): Float32Array {
  const result = new Float32Array(features.length);
  for (let cell = 0; cell < CELLS; cell += 1) {
    const start = from(cell) * CHANNELS;
    result.set(features.subarray(start, start + CHANNELS), cell * CHANNELS);
  }
  return result;
}

function found(query: Float32Array, head?: number): readonly number[] {
  return [...correspondence([{ query, key: features, channels: CHANNELS, heads: 2, head }])];
}

const cells = Array.from({ length: CELLS }, (_unused, cell) => cell);
const mirror = (cell: number): number => cell - 2 * (cell % COLUMNS) + COLUMNS - 1;
const shift = (cell: number): number => (cell + 5) % CELLS;

describe('correspondence', () => {
  it('of a picture with itself, its mirror and itself shifted is the known one', () => {
    expect(found(features)).to.deep.equal(cells);
    expect(found(moved(mirror))).to.deep.equal(cells.map(mirror));
    expect(found(moved(shift))).to.deep.equal(cells.map(shift));
  });

  it('can be that of one head', () => {
    expect(found(features, 1)).to.deep.equal(cells);
  });
});

describe('attention rows', () => {
  it('add up to 1, and contrast sharpens them as the method says', () => {
    const layer = { query: features, key: features, channels: CHANNELS, heads: 1, head: 0 };
    const plain: number[] = [];
    eachAttentionRow([layer], (query, weights) => {
      expect(weights.reduce((sum, weight) => sum + weight, 0)).to.be.closeTo(1, 1e-4);
      plain.push(weights[query] ?? 0);
    });
    expect(plain).to.have.length(CELLS);
    const contrast = { contrast: 1.67, clip: true };
    eachAttentionRow(
      [layer],
      (query, weights) => {
        const sharpened = 1.67 * (plain[query] ?? 0) - 0.67 / CELLS;
        expect(weights[query]).to.be.closeTo(Math.min(1, Math.max(0, sharpened)), 1e-5);
      },
      contrast,
    );
  });
});
