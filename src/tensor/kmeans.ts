import { centrePoints, type Points } from './kmeans-points.js';
import { chooseStarts } from './kmeans-starts.js';
import { NearestCentres, type OnMove } from './nearest-centres.js';
import { createRandom } from './random.js';

/** What the search for clusters is to do. */
export interface KmeansOptions {
  readonly clusters: number;
  /** Independent searches; the one with the least inertia wins. */
  readonly restarts: number;
  readonly seed: number;
}

/** A partition of points: the cluster of each, and the sum of squared distances to the cluster centres. */
export interface KmeansResult {
  readonly labels: Uint8Array;
  readonly inertia: number;
}

/** Most iterations of one search; as in scikit-learn. */
export const MAX_ITERATIONS = 300;
/** The centre movement that ends a search, in mean feature variances; as in scikit-learn. */
export const TOLERANCE = 1e-4;
/** Milliseconds of work after which the thread may do other things. */
const BREATH_MS = 50;

/** Labels in which every cluster has a point: an empty one gets the point farthest from its own centre. */
export function fillClusters(
  labels: Uint8Array,
  sizes: ArrayLike<number>,
  distances: ArrayLike<number>,
): Uint8Array {
  const filled = labels.slice();
  const farthest = [...labels.keys()].sort((a, b) => (distances[b] ?? 0) - (distances[a] ?? 0));
  for (let c = 0; c < sizes.length; c++) {
    const point = sizes[c] === 0 ? farthest.shift() : undefined;
    if (point !== undefined) filled[point] = c;
  }
  return filled;
}

/** Sums of the points of each cluster, kept up as points go from one to another. */
class ClusterSums {
  readonly sizes: Float64Array;
  readonly #points: Points;
  readonly #sums: Float64Array;

  constructor(points: Points, labels: Uint8Array, clusters: number) {
    this.#points = points;
    this.sizes = new Float64Array(clusters);
    this.#sums = new Float64Array(clusters * points.features);
    for (let point = 0; point < points.count; point++) this.#add(point, labels[point] ?? 0, 1);
  }

  move(point: number, from: number, to: number): void {
    this.#add(point, from, -1);
    this.#add(point, to, 1);
  }

  /** The means of the clusters, `[clusters, features]`. */
  means(): Float32Array {
    const { features } = this.#points;
    const means = new Float32Array(this.#sums.length);
    this.sizes.forEach((size, cluster) => {
      const end = (cluster + 1) * features;
      for (let i = cluster * features; i < end; i++) {
        means[i] = (this.#sums[i] ?? 0) / Math.max(1, size);
      }
    });
    return means;
  }

  #add(point: number, label: number, sign: 1 | -1): void {
    const { values, features } = this.#points;
    this.sizes[label] = (this.sizes[label] ?? 0) + sign;
    const [to, from] = [label * features, point * features];
    for (let f = 0; f < features; f++) {
      this.#sums[to + f] = (this.#sums[to + f] ?? 0) + sign * (values[from + f] ?? 0);
    }
  }
}

/** How far each centre moved. */
function movements(before: Float32Array, after: Float32Array, clusters: number): Float64Array {
  const features = before.length / clusters;
  const squares = new Float64Array(clusters);
  after.forEach((value, i) => {
    const c = Math.floor(i / features);
    squares[c] = (squares[c] ?? 0) + (value - (before[i] ?? 0)) ** 2;
  });
  return squares.map(Math.sqrt);
}

/** Waits for other work of the thread, such as the arrival of a request to stop, when the last wait was long ago. */
function createBreath(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > BREATH_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal.throwIfAborted();
  };
}

async function search(
  points: Points,
  clusters: number,
  random: () => number,
  breathe: () => Promise<void>,
): Promise<KmeansResult> {
  let centres = chooseStarts(points, clusters, random);
  const nearest = new NearestCentres(points, clusters);
  nearest.follow(centres, new Float64Array(clusters), () => undefined);
  const sums = new ClusterSums(points, nearest.labels, clusters);
  const onMove: OnMove = (point, from, to) => {
    sums.move(point, from, to);
  };
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    await breathe();
    const means = meansWithoutHoles(points, nearest, sums, centres);
    const moves = movements(centres, means, clusters);
    centres = means;
    const changed = nearest.follow(centres, moves, onMove);
    const moved = moves.reduce((sum, move) => sum + move ** 2, 0);
    if (changed === 0 || moved <= TOLERANCE * points.meanVariance) break;
  }
  const inertia = nearest.distances(centres).reduce((sum, distance) => sum + distance, 0);
  return { labels: nearest.labels, inertia };
}

/** The means of the clusters, where an empty one has got a point. */
function meansWithoutHoles(
  points: Points,
  nearest: NearestCentres,
  sums: ClusterSums,
  centres: Float32Array,
): Float32Array {
  if (sums.sizes.every((size) => size > 0)) return sums.means();
  const filled = fillClusters(nearest.labels, sums.sizes, nearest.distances(centres));
  return new ClusterSums(points, filled, sums.sizes.length).means();
}

/**
 * Lloyd's k-means of the rows of `points` `[count, features]` with k-means++ starts: labels and inertia of
 * the best of `restarts` searches; the same seed gives the same labels. Rejects with the signal's reason when
 * aborted. @throws RangeError unless 1 <= clusters <= min(count, 256).
 */
export async function kmeans(
  points: Float32Array,
  count: number,
  { clusters, restarts, seed }: KmeansOptions,
  signal: AbortSignal,
): Promise<KmeansResult> {
  if (!(clusters >= 1 && clusters <= Math.min(count, 256))) {
    throw new RangeError(`${String(count)} points cannot form ${String(clusters)} clusters.`);
  }
  signal.throwIfAborted();
  const centred = centrePoints(points, count);
  const random = createRandom(seed);
  const breathe = createBreath(signal);
  let best = await search(centred, clusters, random, breathe);
  for (let restart = 1; restart < restarts; restart++) {
    const found = await search(centred, clusters, random, breathe);
    if (found.inertia < best.inertia) best = found;
  }
  return { labels: best.labels, inertia: best.inertia };
}
