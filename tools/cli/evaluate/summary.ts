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

/**
 * What each pair scores more in a row than in the row `base`, for the rows beside it: of pairs alone, differences have narrower
 * intervals than the rows themselves. A metric that a pair lacks in either row is left out.
 */
export function differencesTo(
  base: Row,
  pairs: readonly ReadonlyMap<Row, Scores>[],
): readonly ReadonlyMap<Row, Scores>[] {
  return pairs.map((pair) => {
    const other = pair.get(base) ?? {};
    const rows = [...pair].filter(([row]) => row !== base);
    return new Map(rows.map(([row, scores]) => [row, minus(scores, other)] as const));
  });
}

function minus(scores: Scores, other: Scores): Scores {
  const entries = Object.entries(scores).map(([metric, value]) => {
    const than = other[metric];
    return [metric, value === undefined || than === undefined ? undefined : value - than] as const;
  });
  return Object.fromEntries(entries);
}
