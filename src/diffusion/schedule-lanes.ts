import type { KeyValueSource } from './sockets.js';

/** Passes `first`, `first + every` ... up to `last`, which need not be met: first <= last, every >= 1. */
export interface PassRange {
  readonly first: number;
  readonly last: number;
  readonly every: number;
}

/** A value for some passes; for all of them when there are no ranges. */
export interface LaneEntry<Value> {
  readonly value: Value;
  readonly ranges: readonly PassRange[];
}

/** Whose keys and values a scale reads, pass by pass: later entries win, what no entry names is `own`. */
export type SourceLane = readonly LaneEntry<KeyValueSource>[];

/** When something acts: later entries win, what no entry names is off. */
export type SwitchLane = readonly LaneEntry<boolean>[];

/** Which masks act: `all`, `none`, or words of sources joined by `+` in the order of `foreignSources`. */
export type MaskSet = string;

/** Which masks act when: later entries win, what no entry names is `all`. */
export type MaskLane = readonly LaneEntry<MaskSet>[];

/** How a curve goes on from a point: it holds, goes straight, or eases (3t² - 2t³). */
export type CurveJoin = 'step' | 'lin' | 'smooth';

/** A point of a curve and how the curve goes on from it; the last point's join is `step`. */
export interface CurvePoint {
  readonly pass: number;
  readonly value: number;
  readonly join: CurveJoin;
}

/**
 * A number for each pass: the curve through the points, in ascending passes, held before the first and after the last;
 * off in the passes of `off`, and everywhere when there is no point.
 */
export interface NumberLane {
  readonly points: readonly CurvePoint[];
  readonly off: readonly PassRange[];
}

/** The highest pass that a lane may name; a range that ends there goes on to the end of whatever axis. */
export const highestPass = 9999;

/** Calls `visit` for every pass of a range below `total`. */
function eachPass({ first, last, every }: PassRange, total: number, visit: (i: number) => void) {
  const end = Math.min(last, total - 1);
  for (let pass = first; pass <= end; pass += every) visit(pass);
}

/** The value of each of the `total` passes, by the entries' order. */
export function expandEntries<Value>(
  lane: readonly LaneEntry<Value>[],
  total: number,
  otherwise: Value,
): Value[] {
  const cells = new Array<Value>(total).fill(otherwise);
  for (const { value, ranges } of lane) {
    if (ranges.length === 0) cells.fill(value);
    for (const range of ranges) {
      eachPass(range, total, (pass) => {
        cells[pass] = value;
      });
    }
  }
  return cells;
}

/** The number of each of the `total` passes; undefined where the lane is off. */
export function expandNumbers(lane: NumberLane, total: number): (number | undefined)[] {
  const { points, off } = lane;
  const cells = new Array<number | undefined>(total).fill(undefined);
  const [first] = points;
  if (first === undefined) return cells;
  let at = 0;
  for (let pass = 0; pass < total; pass += 1) {
    while ((points[at + 1]?.pass ?? Infinity) <= pass) at += 1;
    cells[pass] = between(points[at] ?? first, points[at + 1], pass);
  }
  for (const range of off) {
    eachPass(range, total, (pass) => {
      cells[pass] = undefined;
    });
  }
  return cells;
}

/** The curve at a pass between a point and the next. */
function between(from: CurvePoint, to: CurvePoint | undefined, pass: number): number {
  if (to === undefined || from.join === 'step' || pass <= from.pass) return from.value;
  const rise = to.value - from.value;
  const span = to.pass - from.pass;
  // Multiplied before divided: the same rounding as the guidance that the range widgets give.
  if (from.join === 'lin') return from.value + (rise * (pass - from.pass)) / span;
  const t = (pass - from.pass) / span;
  return from.value + rise * t * t * (3 - 2 * t);
}

/** The ranges that a lane names, in the order of its text. */
export function rangesOf(lane: readonly LaneEntry<unknown>[] | NumberLane): readonly PassRange[] {
  if (!('points' in lane)) return lane.flatMap(({ ranges }) => ranges);
  const points = lane.points.map(({ pass }) => ({ first: pass, last: pass, every: 1 }));
  return [...points, ...lane.off];
}

/** One past the highest pass that a lane names, of an open range its first; 0 when it names none. */
export function endOf(lane: readonly LaneEntry<unknown>[] | NumberLane): number {
  let end = 0;
  for (const { first, last } of rangesOf(lane)) {
    end = Math.max(end, (last === highestPass ? first : last) + 1);
  }
  return end;
}
