import { expect } from '@open-wc/testing';
import { kmeans } from '../../src/tensor/kmeans.js';
import { gaussian } from '../../src/tensor/philox.js';

const COUNT = 60;
const FEATURES = 3;
/** Three far groups of points, far from the origin too. */
const points = gaussian(5n, 0, COUNT * FEATURES).map(
  (value, i) => 1000 + value + 20 * (Math.floor(i / FEATURES) % 3),
);
const options = { clusters: 3, restarts: 3, seed: 1 };
const signal = new AbortController().signal;

describe('k-means', () => {
  it('finds well separated groups', async () => {
    const { labels, inertia } = await kmeans(points, COUNT, options, signal);
    for (let i = 0; i < COUNT; i++) expect(labels[i]).to.equal(labels[i % 3]);
    expect(new Set(labels).size).to.equal(3);
    expect(inertia).to.be.lessThan(2 * COUNT * FEATURES);
  });

  it('gives the same labels for the same seed', async () => {
    const cloud = gaussian(6n, 0, 200);
    const first = await kmeans(cloud, 100, { ...options, clusters: 5 }, signal);
    const second = await kmeans(cloud, 100, { ...options, clusters: 5 }, signal);
    expect([...first.labels]).to.deep.equal([...second.labels]);
  });

  it('keeps every cluster in use when points coincide with few places', async () => {
    const places = Float32Array.of(0, 0, 0, 0, 5, 9);
    const { inertia } = await kmeans(places, 6, options, signal);
    expect(inertia).to.be.closeTo(0, 1e-9);
  });

  it('refuses more clusters than points', async () => {
    const refused = await kmeans(points, 2, options, signal).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(RangeError);
  });

  it('stops with the reason of the signal', async () => {
    const stopped = await kmeans(points, COUNT, options, AbortSignal.abort('stop')).catch(
      (error: unknown) => error,
    );
    expect(stopped).to.equal('stop');
  });
});
