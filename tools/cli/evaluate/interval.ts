import { createRandom } from '../../../src/creatures/random.js';

/** A mean over pairs with its 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The mean of at least one value, with the percentile bootstrap's 95 % interval from 2000 resamples, which are drawn alike
 * every time; of one value the interval is that value. Rounded to three digits.
 */
export function interval(values: readonly number[]): Interval {
  const random = createRandom(1);
  const means = Array.from({ length: RESAMPLES }, () =>
    meanOf(values.map(() => values[Math.floor(random.next() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => means[Math.round(share * (RESAMPLES - 1))] ?? 0;
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return { mean: rounded(meanOf(values)), low: rounded(at(0.025)), high: rounded(at(0.975)) };
}
