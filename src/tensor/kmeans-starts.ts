import { squaredDistances, type Points } from './kmeans-points.js';

/** Points that are tried for each centre. */
export function trialsFor(clusters: number): number {
  return 2 + Math.floor(Math.log(clusters));
}

/** Places drawn with probabilities in proportion to `weights`, as many as asked for. */
export function drawPlaces(
  weights: Float32Array | Float64Array,
  count: number,
  random: () => number,
): readonly number[] {
  let total = 0;
  for (const weight of weights) total += weight;
  return Array.from({ length: count }, () => {
    let rest = random() * total;
    for (let i = 0; i < weights.length; i++) {
      rest -= weights[i] ?? 0;
      if (rest < 0) return i;
    }
    return weights.length - 1;
  });
}

/** Which candidate helps most, and the squared distances to the nearest centre once it is one. */
export interface BestCandidate {
  readonly trial: number;
  readonly nearest: Float64Array;
}

/**
 * The candidate that leaves the least sum of squared distances; the first of equals. `distances` are those of the points to the
 * candidates, `[points, trials]`.
 */
export function bestCandidate(
  nearest: ArrayLike<number>,
  distances: ArrayLike<number>,
  trials: number,
): BestCandidate {
  let best = { trial: 0, nearest: new Float64Array(nearest.length), total: Infinity };
  for (let trial = 0; trial < trials; trial++) {
    const joined = new Float64Array(nearest.length);
    let total = 0;
    for (let point = 0; point < joined.length; point++) {
      const distance = Math.min(nearest[point] ?? 0, distances[point * trials + trial] ?? 0);
      joined[point] = distance;
      total += distance;
    }
    if (total < best.total) best = { trial, nearest: joined, total };
  }
  return best;
}

/**
 * Greedy k-means++ starts, `[clusters, features]` (Arthur and Vassilvitskii 2007): each centre is, of a few points
 * drawn by their squared distance to the centres before, the one that helps most.
 */
export function chooseStarts(points: Points, clusters: number, random: () => number): Float32Array {
  const { values, count, features } = points;
  const trials = trialsFor(clusters);
  const centres = new Float32Array(clusters * features);
  const pointAt = (index: number): Float32Array =>
    values.subarray(index * features, (index + 1) * features);
  centres.set(pointAt(Math.floor(random() * count)));
  let nearest: Float32Array | Float64Array = Float64Array.from(
    squaredDistances(points, centres.subarray(0, features)),
  );
  for (let c = 1; c < clusters; c++) {
    const candidates = new Float32Array(trials * features);
    drawPlaces(nearest, trials, random).forEach((place, trial) => {
      candidates.set(pointAt(place), trial * features);
    });
    const best = bestCandidate(nearest, squaredDistances(points, candidates), trials);
    const start = best.trial * features;
    centres.set(candidates.subarray(start, start + features), c * features);
    nearest = best.nearest;
  }
  return centres;
}
