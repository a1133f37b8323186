import { centrePoints, squaredDistances, type Points } from './kmeans-points.js';
import { chooseStarts } from './kmeans-starts.js';
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

/** The nearest centre of every point, and how far it is. */
interface Assignment extends KmeansResult {
  readonly distances: Float64Array;
}

function assign(points: Points, centres: Float32Array, clusters: number): Assignment {
  const all = squaredDistances(points, centres);
  const labels = new Uint8Array(points.count);
  const distances = new Float64Array(points.count);
  let inertia = 0;
  for (let point = 0; point < points.count; point++) {
    let nearest = 0;
    let least = Infinity;
    for (let c = 0; c < clusters; c++) {
      const distance = all[point * clusters + c] ?? 0;
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    labels[point] = nearest;
    distances[point] = least;
    inertia += least;
  }
  return { labels, distances, inertia };
}

/** Labels in which every cluster has a point: an empty one gets the point farthest from its own centre. */
function fillClusters({ labels, distances }: Assignment, clusters: number): Uint8Array {
  const sizes = new Float64Array(clusters);
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  if (sizes.every((size) => size > 0)) return labels;
  const filled = labels.slice();
  const farthest = [...distances.keys()].sort((a, b) => (distances[b] ?? 0) - (distances[a] ?? 0));
  for (let c = 0; c < clusters; c++) {
    const point = sizes[c] === 0 ? farthest.shift() : undefined;
    if (point !== undefined) filled[point] = c;
  }
  return filled;
}

/** The means of the clusters, `[clusters, features]`. */
function meansOf(
  { values, count, features }: Points,
  labels: Uint8Array,
  clusters: number,
): Float32Array {
  const sizes = new Float64Array(clusters);
  const sums = new Float64Array(clusters * features);
  for (let point = 0; point < count; point++) {
    const label = labels[point] ?? 0;
    sizes[label] = (sizes[label] ?? 0) + 1;
    const [to, from] = [label * features, point * features];
    for (let f = 0; f < features; f++) {
      sums[to + f] = (sums[to + f] ?? 0) + (values[from + f] ?? 0);
    }
  }
  const size = (i: number): number => Math.max(1, sizes[Math.floor(i / features)] ?? 0);
  return Float32Array.from(sums, (sum, i) => sum / size(i));
}

function movement(before: Float32Array, after: Float32Array): number {
  return after.reduce((sum, value, i) => sum + (value - (before[i] ?? 0)) ** 2, 0);
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
  let assignment = assign(points, centres, clusters);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    await breathe();
    const before = assignment.labels;
    const means = meansOf(points, fillClusters(assignment, clusters), clusters);
    const moved = movement(centres, means);
    centres = means;
    assignment = assign(points, centres, clusters);
    const isSettled = assignment.labels.every((label, i) => label === before[i]);
    if (isSettled || moved <= TOLERANCE * points.meanVariance) break;
  }
  return assignment;
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
