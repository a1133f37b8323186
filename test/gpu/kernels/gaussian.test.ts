import { expect } from '@open-wc/testing';
import type { GpuContext } from '../../../src/runtime/webgpu/gpu-context.js';
import { gaussian } from '../../../src/runtime/webgpu/kernels/gaussian.js';
import { openContext } from '../context.js';

describe('gaussian kernel', () => {
  let context: GpuContext;
  before(async () => {
    context = await openContext();
  });
  after(() => {
    context.destroy();
  });

  const draw = async (seed: bigint, call: number, count: number): Promise<Float32Array> => {
    const result = gaussian(context, seed, call, [1, count]);
    const values = await result.read();
    result.dispose();
    return values;
  };

  it('draws what the CUDA generator of torch draws for seed 42', async () => {
    const vectors: [number, number[]][] = [
      [0, [0.1940189, 2.1613741, -0.1720506, 0.8490601, -1.9243991, 0.6529855]],
      [67, [-0.7944196, -0.5092773, 0.3652041, 1.0926561]],
      [167, [-2.4638782, 0.6034572, 1.0702789, 0.5950583]],
    ];
    for (const [call, expected] of vectors) {
      const values = await draw(42n, call, 64);
      expected.forEach((value, i) => {
        expect(values[i]).to.be.closeTo(value, 1e-6);
      });
    }
  });

  it('has the moments of a standard normal distribution', async () => {
    const values = await draw(2n ** 40n + 7n, 3, 2 ** 20);
    const moment = (power: number): number =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).to.be.closeTo(0, 0.005);
    expect(moment(2)).to.be.closeTo(1, 0.01);
    expect(moment(3)).to.be.closeTo(0, 0.02);
    expect(moment(4)).to.be.closeTo(3, 0.05);
  });

  it('uses both halves of the seed', async () => {
    const low = await draw(7n, 0, 16);
    const high = await draw(2n ** 32n + 7n, 0, 16);
    expect(low).to.not.deep.equal(high);
  });
});
