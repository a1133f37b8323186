import { squaredDistances, type Points } from './kmeans-points.js';

/** A place drawn with probabilities in proportion to `weights`, whose sum is `total`. */
function drawIndex(weights: Float64Array, total: number, random: () => number): number {
  let rest = random() * total;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i] ?? 0;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

/** Squared distances to the nearest centre when the candidate `trial` of `trials` becomes one too. */
function joinCandidate(
  nearest: Float64Array,
  distances: Float32Array,
  trial: number,
  trials: number,
): { readonly nearest: Float64Array; readonly total: number } {
  let total = 0;
  const joined = new Float64Array(nearest.length);
  for (let point = 0; point < nearest.length; point++) {
    const index = point * trials + trial;
    const distance = Math.min(nearest[point] ?? 0, distances[index] ?? 0);
    joined[point] = distance;
    total += distance;
  }
  return { nearest: joined, total };
}

/**
 * Greedy k-means++ starts, `[clusters, features]` (Arthur and Vassilvitskii 2007): each centre is, of a few points
 * drawn by their squared distance to the centres before, the one that helps most.
 */
export function chooseStarts(points: Points, clusters: number, random: () => number): Float32Array {
  const { values, count, features } = points;
  const trials = 2 + Math.floor(Math.log(clusters));
  const centres = new Float32Array(clusters * features);
  const pointAt = (index: number): Float32Array =>
    values.subarray(index * features, (index + 1) * features);
  centres.set(pointAt(Math.floor(random() * count)));
  let nearest = Float64Array.from(squaredDistances(points, centres.subarray(0, features)));
  for (let c = 1; c < clusters; c++) {
    const total = nearest.reduce((sum, distance) => sum + distance, 0);
    const candidates = new Float32Array(trials * features);
    for (let trial = 0; trial < trials; trial++) {
      candidates.set(pointAt(drawIndex(nearest, total, random)), trial * features);
    }
    const distances = squaredDistances(points, candidates);
    let best = { trial: 0, ...joinCandidate(nearest, distances, 0, trials) };
    for (let trial = 1; trial < trials; trial++) {
      const joined = joinCandidate(nearest, distances, trial, trials);
      if (joined.total < best.total) best = { trial, ...joined };
    }
    const start = best.trial * features;
    centres.set(candidates.subarray(start, start + features), c * features);
    nearest = Float64Array.from(best.nearest);
  }
  return centres;
}
