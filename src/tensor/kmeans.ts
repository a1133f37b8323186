import { dot, matmulTransposed } from './matmul.js';
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

/** As in scikit-learn: iterations of one search, and the centre movement that ends it, in mean feature variances. */
const MAX_ITERATIONS = 300;
const TOLERANCE = 1e-4;

/** Points around their mean, with what every search needs of them. */
interface Points {
  readonly values: Float32Array;
  readonly count: number;
  readonly features: number;
  /** Squared length of each point. */
  readonly squares: Float64Array;
  readonly meanVariance: number;
}

/** Moves the points so that their mean is 0: distances are then not lost in cancellation. */
function centrePoints(raw: Float32Array, count: number, features: number): Points {
  const mean = new Float64Array(features);
  for (let i = 0; i < raw.length; i++) {
    mean[i % features] = (mean[i % features] as number) + (raw[i] as number) / count;
  }
  const values = new Float32Array(raw.length);
  for (let i = 0; i < raw.length; i++)
    values[i] = (raw[i] as number) - (mean[i % features] as number);
  const squares = new Float64Array(count);
  let total = 0;
  for (let point = 0; point < count; point++) {
    const start = point * features;
    const square = dot(values, start, values, start, features);
    squares[point] = square;
    total += square;
  }
  return { values, count, features, squares, meanVariance: total / (count * features) };
}

/** Squared distances `[count, centres]` as |x|² - 2 x·c + |c|². */
function squaredDistances(points: Points, centres: Float32Array): Float32Array {
  const { count, features, squares } = points;
  const wanted = centres.length / features;
  const distances = matmulTransposed(points.values, centres, count, wanted, features);
  for (let c = 0; c < wanted; c++) {
    const square = dot(centres, c * features, centres, c * features, features);
    for (let point = 0; point < count; point++) {
      const index = point * wanted + c;
      const distance = (squares[point] as number) - 2 * (distances[index] as number) + square;
      distances[index] = Math.max(0, distance);
    }
  }
  return distances;
}

/** A place drawn with probabilities in proportion to `weights`. */
function drawIndex(weights: Float64Array, total: number, random: () => number): number {
  let rest = random() * total;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i] as number;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

/** Greedy k-means++ starts (Arthur and Vassilvitskii 2007): of a few candidates the one that helps most. */
function chooseStarts(points: Points, clusters: number, random: () => number): Float32Array {
  const { values, count, features } = points;
  const trials = 2 + Math.floor(Math.log(clusters));
  const centres = new Float32Array(clusters * features);
  const first = Math.floor(random() * count);
  centres.set(values.subarray(first * features, (first + 1) * features));
  let nearest = Float64Array.from(squaredDistances(points, centres.subarray(0, features)));
  for (let c = 1; c < clusters; c++) {
    const total = nearest.reduce((sum, distance) => sum + distance, 0);
    const candidates = new Float32Array(trials * features);
    for (let trial = 0; trial < trials; trial++) {
      const index = drawIndex(nearest, total, random);
      candidates.set(values.subarray(index * features, (index + 1) * features), trial * features);
    }
    const best = bestCandidate(nearest, squaredDistances(points, candidates), trials);
    centres.set(
      candidates.subarray(best.trial * features, (best.trial + 1) * features),
      c * features,
    );
    nearest = best.nearest;
  }
  return centres;
}

/** The candidate with which the distances to the nearest centre sum up to least. */
function bestCandidate(
  nearest: Float64Array,
  distances: Float32Array,
  trials: number,
): { readonly trial: number; readonly nearest: Float64Array<ArrayBuffer> } {
  let best = { trial: 0, nearest: new Float64Array(nearest.length), total: Infinity };
  for (let trial = 0; trial < trials; trial++) {
    let total = 0;
    const joined = new Float64Array(nearest.length);
    for (let point = 0; point < nearest.length; point++) {
      const distance = Math.min(
        nearest[point] as number,
        distances[point * trials + trial] as number,
      );
      joined[point] = distance;
      total += distance;
    }
    if (total < best.total) best = { trial, nearest: joined, total };
  }
  return best;
}

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
      const distance = all[point * clusters + c] as number;
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

/** The means of the clusters; an empty cluster starts anew at the point farthest from its own centre. */
function meansOf(
  points: Points,
  { labels, distances }: Assignment,
  clusters: number,
): Float32Array {
  const { values, count, features } = points;
  const own = Uint8Array.from(labels);
  const sizes = new Float64Array(clusters);
  for (const label of own) sizes[label] = (sizes[label] as number) + 1;
  const farthest = [...distances.keys()].sort(
    (a, b) => (distances[b] as number) - (distances[a] as number),
  );
  for (let c = 0; c < clusters; c++) {
    const point = sizes[c] === 0 ? farthest.shift() : undefined;
    if (point === undefined) continue;
    const former = own[point] as number;
    sizes[former] = (sizes[former] as number) - 1;
    sizes[c] = 1;
    own[point] = c;
  }
  const sums = new Float64Array(clusters * features);
  for (let point = 0; point < count; point++) {
    const to = (own[point] as number) * features;
    for (let f = 0; f < features; f++) {
      sums[to + f] = (sums[to + f] as number) + (values[point * features + f] as number);
    }
  }
  return Float32Array.from(
    sums,
    (sum, i) => sum / Math.max(1, sizes[Math.floor(i / features)] as number),
  );
}

function movement(before: Float32Array, after: Float32Array): number {
  return after.reduce((sum, value, i) => sum + (value - (before[i] as number)) ** 2, 0);
}

function sameLabels(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((label, i) => label === b[i]);
}

/** Lets other work of the thread run, such as the arrival of a request to stop. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function search(
  points: Points,
  clusters: number,
  random: () => number,
  signal: AbortSignal,
): Promise<Assignment> {
  let centres = chooseStarts(points, clusters, random);
  let assignment = assign(points, centres, clusters);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    await breathe();
    signal.throwIfAborted();
    const means = meansOf(points, assignment, clusters);
    const moved = movement(centres, means);
    centres = means;
    const next = assign(points, centres, clusters);
    const settled = sameLabels(next.labels, assignment.labels);
    assignment = next;
    if (settled || moved <= TOLERANCE * points.meanVariance) break;
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
  const centred = centrePoints(points, count, points.length / count);
  const random = createRandom(seed);
  let best = await search(centred, clusters, random, signal);
  for (let restart = 1; restart < restarts; restart++) {
    const found = await search(centred, clusters, random, signal);
    if (found.inertia < best.inertia) best = found;
  }
  return { labels: best.labels, inertia: best.inertia };
}
