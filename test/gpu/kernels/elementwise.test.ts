import { expect } from '@open-wc/testing';
import type { GpuContext } from '../../../src/runtime/webgpu/gpu-context.js';
import { uploadTensor } from '../../../src/runtime/webgpu/gpu-tensor.js';
import { addNoise } from '../../../src/runtime/webgpu/kernels/add-noise.js';
import { affine } from '../../../src/runtime/webgpu/kernels/affine.js';
import { concatBatch, sliceBatch } from '../../../src/runtime/webgpu/kernels/batch.js';
import { guide } from '../../../src/runtime/webgpu/kernels/guidance.js';
import { noiseMap } from '../../../src/runtime/webgpu/kernels/noise-map.js';
import { reverseStep } from '../../../src/runtime/webgpu/kernels/reverse-step.js';
import { noise, openContext, relativeError } from '../context.js';

const SHAPE = [1, 4, 24, 17];
const COUNT = 4 * 24 * 17;
const STEP = { A: 1.0277873, B: -0.0613493, sigma: 0.2293097 };

describe('element-wise kernels', () => {
  let context: GpuContext;
  before(async () => {
    context = await openContext();
  });
  after(() => {
    context.destroy();
  });

  const upload = (seed: number) => uploadTensor(context, noise(COUNT, seed), SHAPE);
  const expectValues = async (
    result: { read(): Promise<Float32Array> },
    expected: (i: number) => number,
  ): Promise<void> => {
    const values = Float32Array.from({ length: COUNT }, (_, i) => expected(i));
    expect(relativeError(await result.read(), values)).to.be.at.most(1e-6);
  };
  const [a, b, c] = [1, 2, 3].map((seed) => noise(COUNT, seed));
  const at = (values: Float32Array | undefined, i: number): number => values?.[i] ?? NaN;

  it('affine scales, shifts and clamps', async () => {
    await expectValues(affine(context, upload(1), 0.5, 0.25), (i) => 0.5 * at(a, i) + 0.25);
    await expectValues(affine(context, upload(1), 2, 0.5, [0, 1]), (i) =>
      Math.min(1, Math.max(0, 2 * at(a, i) + 0.5)),
    );
  });

  it('add-noise mixes by the square roots of the cumulated alpha', async () => {
    await expectValues(
      addNoise(context, upload(1), upload(2), 0.3),
      (i) => Math.sqrt(0.3) * at(a, i) + Math.sqrt(0.7) * at(b, i),
    );
  });

  it('guidance exaggerates the difference', async () => {
    await expectValues(
      guide(context, upload(1), upload(2), 3.5),
      (i) => at(a, i) + 3.5 * (at(b, i) - at(a, i)),
    );
  });

  it('a reverse step with the noise map of a step leads to where the step went', async () => {
    const [x, eps, z] = [upload(1), upload(2), upload(3)];
    const next = reverseStep(context, x, eps, z, STEP);
    await expectValues(next, (i) => STEP.A * at(a, i) + STEP.B * at(b, i) + STEP.sigma * at(c, i));
    await expectValues(noiseMap(context, next, x, eps, STEP), (i) => at(c, i));
    await expectValues(
      reverseStep(context, x, eps, undefined, STEP),
      (i) => STEP.A * at(a, i) + STEP.B * at(b, i),
    );
  });

  it('stacking and slicing along the batch are inverse', async () => {
    const stack = concatBatch(context, [upload(1), upload(2), upload(3)]);
    expect(stack.shape).to.deep.equal([3, ...SHAPE.slice(1)]);
    await expectValues(sliceBatch(context, stack, 1), (i) => at(b, i));
    await expectValues(sliceBatch(context, stack, 2), (i) => at(c, i));
  });

  it('covers more elements than one dispatch has threads', async () => {
    const count = 65535 * 256 + 300;
    const values = new Float32Array(count).fill(1);
    const result = await affine(context, uploadTensor(context, values, [count]), 2, 1).read();
    expect(result.findIndex((value) => value !== 3)).to.equal(-1);
  });
});
