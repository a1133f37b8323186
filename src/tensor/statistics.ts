/** Range, moments and distribution of the finite values of an array. */
export interface Statistics {
  /** NaN, as all but the counts, when no value is finite. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Standard deviation, divided by the count. */
  readonly std: number;
  /** Values that are infinite or no number. */
  readonly nonFinite: number;
  /** How many values lie in each of `bins` equal parts of min..max; all in the first when min is max. */
  readonly histogram: readonly number[];
}

/** Statistics of an array in two walks over it. */
export function statisticsOf(values: Float32Array, bins = 32): Statistics {
  let [min, max, sum, squares, count] = [Infinity, -Infinity, 0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    count += 1;
  }
  const mean = sum / count;
  const histogram = new Array<number>(bins).fill(0);
  const scale = max > min ? bins / (max - min) : 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    squares += (value - mean) ** 2;
    const bin = Math.min(bins - 1, Math.floor((value - min) * scale));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const nonFinite = values.length - count;
  const isEmpty = count === 0;
  return {
    min: isEmpty ? NaN : min,
    max: isEmpty ? NaN : max,
    mean,
    std: Math.sqrt(squares / count),
    nonFinite,
    histogram,
  };
}
