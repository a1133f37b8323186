import { expect } from '@open-wc/testing';
import { leastSquares } from '../../src/tensor/least-squares.js';
import { createRandom } from '../../src/tensor/random.js';

describe('least squares', () => {
  it('find the matrix that the rows were made with, and what is closest where they were disturbed', () => {
    const random = createRandom(3);
    const wanted = [1, -2, 0.5, 3, 0, -1];
    const rows = 200;
    const x = Float32Array.from({ length: rows * 3 }, () => random() * 2 - 1);
    const yOf = (noise: number): Float32Array =>
      Float32Array.from({ length: rows * 2 }, (_, i) => {
        const [row, column] = [Math.floor(i / 2), i % 2];
        const sum = [0, 1, 2].reduce(
          (all, j) => all + (x[row * 3 + j] ?? 0) * (wanted[j * 2 + column] ?? 0),
          0,
        );
        return sum + noise * (random() * 2 - 1);
      });
    const size = { inputs: 3, outputs: 2, ridge: 1e-6 };
    leastSquares(x, yOf(0), size).forEach((value, i) => {
      expect(value).to.be.closeTo(wanted[i] ?? NaN, 1e-5);
    });
    leastSquares(x, yOf(0.1), size).forEach((value, i) => {
      expect(value).to.be.closeTo(wanted[i] ?? NaN, 0.05);
    });
  });

  it('give zeros for rows of zeros, by their ridge', () => {
    const map = leastSquares(new Float32Array(8), new Float32Array(4).fill(1), {
      inputs: 2,
      outputs: 1,
      ridge: 1e-3,
    });
    expect([...map]).to.deep.equal([0, 0]);
  });
});
