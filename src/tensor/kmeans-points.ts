import { dot, matmulTransposed } from './matmul.js';

/** Points moved so that their mean is 0, with what a search for clusters needs of them. */
export interface Points {
  /** `[count, features]`. */
  readonly values: Float32Array;
  readonly count: number;
  readonly features: number;
  /** Squared length of each point. */
  readonly squares: Float64Array;
  /** Variance of a feature, averaged over the features. */
  readonly meanVariance: number;
}

/** The rows of `raw` `[count, features]` around their mean: distances are then not lost in cancellation. */
export function centrePoints(raw: Float32Array, count: number): Points {
  const features = raw.length / count;
  const mean = new Float64Array(features);
  for (let start = 0; start < raw.length; start += features) {
    for (let f = 0; f < features; f++) mean[f] = (mean[f] ?? 0) + (raw[start + f] ?? 0);
  }
  const values = new Float32Array(raw.length);
  const squares = new Float64Array(count);
  let total = 0;
  for (let point = 0; point < count; point++) {
    const start = point * features;
    for (let f = 0; f < features; f++) {
      values[start + f] = (raw[start + f] ?? 0) - (mean[f] ?? 0) / count;
    }
    const square = dot(values, start, values, start, features);
    squares[point] = square;
    total += square;
  }
  return { values, count, features, squares, meanVariance: total / (count * features) };
}

/** Squared distances of all points to `centres` `[wanted, features]` as |x|² - 2 x·c + |c|², `[count, wanted]`. */
export function squaredDistances(points: Points, centres: Float32Array): Float32Array {
  const { count, features, squares } = points;
  const wanted = centres.length / features;
  const distances = matmulTransposed(points.values, centres, count, wanted, features);
  for (let c = 0; c < wanted; c++) {
    const square = dot(centres, c * features, centres, c * features, features);
    for (let point = 0; point < count; point++) {
      const index = point * wanted + c;
      const distance = (squares[point] ?? 0) - 2 * (distances[index] ?? 0) + square;
      distances[index] = Math.max(0, distance);
    }
  }
  return distances;
}
