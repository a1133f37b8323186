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

  it('labels every point with the centre it is nearest to, though most are not measured again', async () => {
    const cloud = gaussian(8n, 0, 400 * 4).map((value, i) => value + 2 * (Math.floor(i / 4) % 6));
    const { labels, inertia } = await kmeans(cloud, 400, { ...options, clusters: 6 }, signal);
    const means = Array.from({ length: 6 }, (_unused, cluster) => {
      const own = [...labels.keys()].filter((point) => labels[point] === cluster);
      return [0, 1, 2, 3].map(
        (f) => own.reduce((sum, point) => sum + (cloud[4 * point + f] ?? 0), 0) / own.length,
      );
    });
    const distance = (point: number, mean: readonly number[]): number =>
      mean.reduce((sum, value, f) => sum + (value - (cloud[4 * point + f] ?? 0)) ** 2, 0);
    let total = 0;
    labels.forEach((label, point) => {
      const all = means.map((mean) => distance(point, mean));
      total += all[label] ?? 0;
      // The search ends when centres hardly move, so a point on a border may be a hair nearer to its neighbour.
      expect(all[label]).to.be.at.most(Math.min(...all) + 0.05);
    });
    expect(inertia).to.be.closeTo(total, 0.01 * total);
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
