import { expect } from '@open-wc/testing';
import { gpuKmeans } from '../../../src/runtime/webgpu/gpu-kmeans.js';
import type { GpuContext } from '../../../src/runtime/webgpu/gpu-context.js';
import { uploadTensor } from '../../../src/runtime/webgpu/gpu-tensor.js';
import { kmeans } from '../../../src/tensor/kmeans.js';
import { noise, openContext } from '../context.js';

const OPTIONS = { clusters: 5, restarts: 4, seed: 1 };

/** Points around `clusters` centres, every `clusters`-th around the same. */
function clouds(count: number, features: number, clusters: number, spread: number): Float32Array {
  const centres = noise(clusters * features, 7);
  return noise(count * features, 8).map(
    (x, i) =>
      spread * x +
      (centres[(Math.floor(i / features) % clusters) * features + (i % features)] ?? NaN),
  );
}

describe('k-means kernels', () => {
  let context: GpuContext;
  before(async () => {
    context = await openContext();
  });
  after(() => {
    context.destroy();
  });

  const both = async (
    values: Float32Array,
    count: number,
    options: { clusters: number; restarts: number; seed: number },
  ) => {
    const { signal } = new AbortController();
    const points = uploadTensor(context, values, [count, values.length / count]);
    const found = await gpuKmeans(context, points, options, signal);
    points.dispose();
    return { found, expected: await kmeans(values, count, options, signal) };
  };

  it('finds the labels and the inertia that the CPU finds', async () => {
    for (const spread of [0.2, 0.9]) {
      const { found, expected } = await both(clouds(300, 70, 5, spread), 300, OPTIONS);
      expect([...found.labels]).to.deep.equal([...expected.labels]);
      expect(found.inertia / expected.inertia).to.be.closeTo(1, 1e-5);
    }
  });

  it('ends well with fewer different points than clusters', async () => {
    const values = Float32Array.from({ length: 40 }, (_, i) => i % 3);
    const { found } = await both(values, 40, { clusters: 4, restarts: 3, seed: 3 });
    expect(found.inertia).to.equal(0);
    const labelsOf = (value: number) => new Set(found.labels.filter((_, i) => i % 3 === value));
    expect([...labelsOf(0), ...labelsOf(1)]).to.not.include.members([...labelsOf(2)]);
  });

  it('reads back vectors, never the points', async () => {
    const before = context.counters.bytesRead;
    await both(clouds(400, 400, 3, 0.2), 400, { clusters: 3, restarts: 1, seed: 1 });
    expect(context.counters.bytesRead - before).to.be.below(400 * 400 * 4 * 0.1);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const values = clouds(200, 40, 4, 0.5);
    const points = uploadTensor(context, values, [200, 40]);
    const live = context.counters.liveTensors;
    const running = gpuKmeans(context, points, OPTIONS, controller.signal);
    controller.abort();
    const reason: unknown = await running.catch((error: unknown) => error);
    expect(reason).to.equal(controller.signal.reason);
    expect(context.counters.liveTensors).to.equal(live);
    points.dispose();
  });
});
