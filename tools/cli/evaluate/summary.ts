import { interval } from './interval.js';
import type { Row } from './rows.js';
import type { RowSummary } from './table.js';

/** The scores of one pair in one row; those that could not be had are undefined. */
export type Scores = Readonly<Record<string, number | undefined>>;

/** Scores of pairs as means with intervals, by row and by metric; a metric that no pair has is left out. */
export function summaryOf(
  rows: readonly Row[],
  pairs: readonly ReadonlyMap<Row, Scores>[],
): Readonly<Partial<Record<Row, RowSummary>>> {
  const entries = rows.map((row) => {
    const scores = pairs.flatMap((pair): readonly Scores[] => {
      const score = pair.get(row);
      return score ? [score] : [];
    });
    const metrics = new Set(scores.flatMap((score) => Object.keys(score)));
    const intervals = [...metrics].flatMap((metric) => {
      const values = scores.map((score) => score[metric]).filter((value) => value !== undefined);
      return values.length === 0 ? [] : [[metric, interval(values)] as const];
    });
    return [row, Object.fromEntries(intervals)] as const;
  });
  return Object.fromEntries(entries);
}
