import { entriesOfCells } from './lane-cells.js';
import {
  endOf,
  expandEntries,
  highestPass,
  type CurveJoin,
  type CurvePoint,
  type LaneEntry,
  type NumberLane,
  type PassRange,
} from './schedule-lanes.js';

/** Cells to be painted: every `every`-th pass from the lower of both ends on. */
export interface Stroke<Value> {
  readonly from: number;
  readonly to: number;
  readonly every: number;
  readonly value: Value;
}

/**
 * A lane with cells painted over, in the shortest entries that say so. What it names past `total` stays.
 * `values` are all that a cell can hold, `otherwise` what it holds when nothing names it.
 */
export function paintLane<Value>(
  lane: readonly LaneEntry<Value>[],
  total: number,
  stroke: Stroke<Value>,
  values: readonly Value[],
  otherwise: Value,
): readonly LaneEntry<Value>[] {
  const whole = lane.findLast(({ ranges }) => ranges.length === 0);
  const bed = whole ? whole.value : otherwise;
  const cells = expandEntries(lane, Math.max(total, endOf(lane)), otherwise);
  const first = Math.max(0, Math.min(stroke.from, stroke.to));
  const last = Math.min(total - 1, Math.max(stroke.from, stroke.to));
  for (let pass = first; pass <= last; pass += Math.max(1, stroke.every)) {
    cells[pass] = stroke.value;
  }
  const entries = entriesOfCells(cells, values, bed);
  return whole || entries.length === 0 ? [{ value: bed, ranges: [] }, ...entries] : entries;
}

/** A lane with the ends of one range moved; they pass each other no further than to one pass. */
export function moveRange<Value>(
  lane: readonly LaneEntry<Value>[],
  entryIndex: number,
  rangeIndex: number,
  { first, last }: Pick<PassRange, 'first' | 'last'>,
): readonly LaneEntry<Value>[] {
  const clamp = (pass: number): number => Math.min(highestPass, Math.max(0, pass));
  return lane.map((entry, i) =>
    i !== entryIndex
      ? entry
      : {
          ...entry,
          ranges: entry.ranges.map((range, j) =>
            j === rangeIndex
              ? {
                  ...range,
                  first: clamp(Math.min(first, last)),
                  last: clamp(Math.max(first, last)),
                }
              : range,
          ),
        },
  );
}

/**
 * A curve with a point moved, or a new one for an undefined index; a point keeps between its neighbours. A new point in
 * a pass that has one moves that.
 */
export function setPoint(
  lane: NumberLane,
  index: number | undefined,
  pass: number,
  value: number,
): NumberLane {
  const points = [...lane.points];
  const isKnown = index !== undefined && index < points.length;
  const at = isKnown ? index : points.findIndex((point) => point.pass === pass);
  const old = points[at];
  if (old) {
    const low = (points[at - 1]?.pass ?? -1) + 1;
    const high = (points[at + 1]?.pass ?? highestPass + 1) - 1;
    points[at] = { ...old, pass: Math.min(high, Math.max(low, pass)), value };
    return { ...lane, points };
  }
  const next = points.findIndex((point) => point.pass > pass);
  const place = next < 0 ? points.length : next;
  const before = points[place - 1];
  // What held to the end now leads to the new point.
  if (before && place === points.length) points[place - 1] = { ...before, join: 'lin' };
  points.splice(place, 0, { pass, value, join: before?.join ?? 'lin' });
  return { ...lane, points: closed(points) };
}

/** A curve that goes on from a point in another way. */
export function setJoin(lane: NumberLane, index: number, join: CurveJoin): NumberLane {
  return {
    ...lane,
    points: closed(lane.points.map((point, i) => (i === index ? { ...point, join } : point))),
  };
}

/** A curve without its points in passes `from..to`; one point is left. */
export function removePoints(lane: NumberLane, from: number, to: number): NumberLane {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const kept = lane.points.filter(({ pass }) => pass < low || pass > high);
  return kept.length === 0 ? lane : { ...lane, points: closed(kept) };
}

/** Points whose last one holds. */
function closed(points: readonly CurvePoint[]): readonly CurvePoint[] {
  return points.map((point, i) => (i === points.length - 1 ? { ...point, join: 'step' } : point));
}
