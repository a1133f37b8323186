import { expect } from '@open-wc/testing';
import { attention, attentionWeights, headMeanWeights } from '../../src/tensor/attention.js';
import { matmul, matmulTransposed } from '../../src/tensor/matmul.js';
import { gaussian } from '../../src/tensor/philox.js';

const [QUERIES, TOKENS, WIDTH] = [70, 9, 5];
const query = gaussian(1n, 0, QUERIES * WIDTH).map((value) => 3 * value);
const key = gaussian(1n, 1, TOKENS * WIDTH);
const value = gaussian(1n, 2, TOKENS * WIDTH);
const head = { query, key, value, width: WIDTH };

function expectClose(found: Float32Array, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).to.equal(expected.length);
  for (let i = 0; i < found.length; i++)
    expect(found[i]).to.be.closeTo(expected[i] ?? NaN, tolerance);
}

describe('matrix products', () => {
  it('are what the definition says, at sizes that fill no block', () => {
    const [rows, inner, columns] = [5, 7, 6];
    const a = gaussian(2n, 0, rows * inner);
    const b = gaussian(2n, 1, inner * columns);
    const transposed = Float32Array.from(
      b,
      (_v, i) => b[(i % inner) * columns + Math.floor(i / inner)] ?? 0,
    );
    const expected = Array.from({ length: rows * columns }, (_v, i) => {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum +=
          (a[Math.floor(i / columns) * inner + k] ?? 0) * (b[k * columns + (i % columns)] ?? 0);
      }
      return sum;
    });
    expectClose(matmul(a, b, rows, columns, inner), expected, 1e-6);
    expectClose(matmulTransposed(a, transposed, rows, columns, inner), expected, 1e-6);
  });

  it('refuse matrices that are too short for their shape', () => {
    const short = new Float32Array(3);
    expect(() => matmul(short, short, 2, 2, 2)).to.throw('The left matrix holds 3 values');
  });
});

describe('contrasted attention', () => {
  it('with β = 1 is plain attention', () => {
    const weights = attentionWeights(query, key, QUERIES, TOKENS, WIDTH);
    const plain = matmul(weights, value, QUERIES, WIDTH, TOKENS);
    expectClose(attention({ ...head, contrast: 1, clip: true }), plain, 1e-6);
  });

  it('without the clip is β (A V) + (1 - β) mean(V)', () => {
    const plain = attention({ ...head, contrast: 1, clip: false });
    const expected = plain.map((weighted, i) => {
      let mean = 0;
      for (let token = 0; token < TOKENS; token++) {
        mean += (value[token * WIDTH + (i % WIDTH)] ?? 0) / TOKENS;
      }
      return 1.67 * weighted - 0.67 * mean;
    });
    expectClose(attention({ ...head, contrast: 1.67, clip: false }), expected, 1e-5);
  });

  it('with the clip weights each query by at least 1 in all', () => {
    const ones = new Float32Array(value.length).fill(1);
    const sums = attention({ ...head, value: ones, contrast: 1.67, clip: true });
    expect(Math.min(...sums)).to.be.at.least(1 - 1e-5);
    expect(Math.max(...sums)).to.be.greaterThan(1.05);
  });
});

describe('attention averaged over heads', () => {
  it('gives every query weights that sum to 1', () => {
    const channels = 10;
    const mean = headMeanWeights(gaussian(3n, 0, 30), gaussian(3n, 1, 40), channels, 2);
    expect(mean.length).to.equal(12);
    for (let row = 0; row < 3; row++) {
      const sum = mean.subarray(row * 4, row * 4 + 4).reduce((total, weight) => total + weight, 0);
      expect(sum).to.be.closeTo(1, 1e-6);
    }
  });
});
