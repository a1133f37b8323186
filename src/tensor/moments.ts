/** Mean and standard deviation of every channel. */
export interface Moments {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * Moments of interleaved `values`, `channels` a place, over the places whose weight is above one half; over all without
 * weights. Undefined when no place counts.
 */
export function momentsOf(
  values: Float32Array,
  channels: number,
  weights?: ArrayLike<number>,
): Moments | undefined {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let count = 0;
  for (let i = 0; i < values.length / channels; i += 1) {
    if (weights !== undefined && (weights[i] ?? 0) <= 0.5) continue;
    count += 1;
    for (let c = 0; c < channels; c += 1) {
      const value = values[i * channels + c] ?? 0;
      sums[c] = (sums[c] ?? 0) + value;
      squares[c] = (squares[c] ?? 0) + value * value;
    }
  }
  if (count === 0) return undefined;
  const mean = [...sums].map((sum) => sum / count);
  const deviation = [...squares].map((square, c) =>
    Math.sqrt(Math.max(0, square / count - (mean[c] ?? 0) ** 2)),
  );
  return { mean, deviation };
}

/** The Euclidean distance of two sets of moments, means and deviations together. */
export function momentsDistance(a: Moments, b: Moments): number {
  const gap = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, c) => sum + (value - (y[c] ?? 0)) ** 2, 0);
  return Math.sqrt(gap(a.mean, b.mean) + gap(a.deviation, b.deviation));
}

/** Values moved and stretched, channel by channel, from one set of moments to another (Reinhard et al., 2001). */
export function withMoments(values: Float32Array, from: Moments, to: Moments): Float32Array {
  const channels = from.mean.length;
  return values.map((value, i) => {
    const c = i % channels;
    const scale = (to.deviation[c] ?? 0) / Math.max(from.deviation[c] ?? 0, 1e-6);
    return (value - (from.mean[c] ?? 0)) * scale + (to.mean[c] ?? 0);
  });
}
