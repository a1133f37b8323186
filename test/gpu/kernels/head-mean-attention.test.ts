import { expect } from '@open-wc/testing';
import type { GpuContext } from '../../../src/runtime/webgpu/gpu-context.js';
import { uploadTensor } from '../../../src/runtime/webgpu/gpu-tensor.js';
import { headMeanAttention } from '../../../src/runtime/webgpu/kernels/head-mean-attention.js';
import { noise, openContext, relativeError } from '../context.js';

/** The map by its formula in float64. */
function expected(
  query: Float32Array,
  key: Float32Array,
  [rows, columns, width, heads]: readonly [number, number, number, number],
): Float32Array {
  const result = new Float32Array(rows * columns);
  const size = width / heads;
  for (let head = 0; head < heads; head++) {
    for (let r = 0; r < rows; r++) {
      const scores = Array.from({ length: columns }, (_, c) => {
        let sum = 0;
        for (let d = head * size; d < (head + 1) * size; d++) {
          sum += (query[r * width + d] ?? NaN) * (key[c * width + d] ?? NaN);
        }
        return sum / Math.sqrt(size);
      });
      const largest = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - largest));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, c) => {
        result[r * columns + c] = (result[r * columns + c] ?? 0) + weight / total / heads;
      });
    }
  }
  return result;
}

describe('head-mean attention kernel', () => {
  let context: GpuContext;
  before(async () => {
    context = await openContext();
  });
  after(() => {
    context.destroy();
  });

  const run = async (
    sizes: readonly [number, number, number, number],
    spread: number,
  ): Promise<number> => {
    const [rows, columns, width, heads] = sizes;
    const query = noise(rows * width, 1).map((x) => x * spread);
    const key = noise(columns * width, 2).map((x) => x * spread);
    const map = headMeanAttention(
      context,
      uploadTensor(context, query, [1, rows, width]),
      uploadTensor(context, key, [1, columns, width]),
      heads,
    );
    expect(map.shape).to.deep.equal([rows, columns]);
    return relativeError(await map.read(), expected(query, key, sizes));
  };

  it('averages the softmax maps of all heads', async () => {
    expect(await run([256, 256, 64, 4], 1)).to.be.at.most(1e-5);
  });

  it('takes sizes that no tile divides, and queries of another length than keys', async () => {
    expect(await run([37, 77, 120, 3], 1)).to.be.at.most(1e-5);
    expect(await run([5, 130, 40, 1], 1)).to.be.at.most(1e-5);
  });

  it('stays finite where scores are in the hundreds', async () => {
    expect(await run([40, 50, 80, 2], 20)).to.be.at.most(2e-5);
  });
});
