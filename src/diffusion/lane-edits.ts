import { entriesOfCells } from './lane-cells.js';
import {
  endOf,
  expandEntries,
  highestPass,
  type LaneEntry,
  type PassRange,
} from './schedule-lanes.js';

/** Cells to be painted: every `every`-th pass from the lower of both ends on. */
export interface Stroke<Value> {
  readonly from: number;
  readonly to: number;
  readonly every: number;
  readonly value: Value;
}

/** A lane of cells as edits take it: on an axis of `total` passes, what a cell can hold, and what it holds unnamed. */
export interface CellLane<Value> {
  readonly lane: readonly LaneEntry<Value>[];
  readonly total: number;
  readonly values: readonly Value[];
  readonly otherwise: Value;
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
  return changeCells({ lane, total, values, otherwise }, (cells) => {
    const first = Math.max(0, Math.min(stroke.from, stroke.to));
    const last = Math.min(total - 1, Math.max(stroke.from, stroke.to));
    for (let pass = first; pass <= last; pass += Math.max(1, stroke.every)) {
      cells[pass] = stroke.value;
    }
  });
}

/** A lane with the cells of `from..to` moved by so many passes, kept on the axis; what they leave holds the lane's bed. */
export function shiftCells<Value>(
  cellLane: CellLane<Value>,
  from: number,
  to: number,
  by: number,
): readonly LaneEntry<Value>[] {
  const step = Math.min(cellLane.total - 1 - to, Math.max(-from, by));
  return changeCells(cellLane, (cells, bed) => {
    const moved = cells.slice(from, to + 1);
    cells.fill(bed, from, to + 1);
    cells.splice(from + step, moved.length, ...moved);
  });
}

/** A lane with the cells of `from..to` spread over, or pressed into, `from..newTo`. */
export function stretchCells<Value>(
  cellLane: CellLane<Value>,
  from: number,
  to: number,
  newTo: number,
): readonly LaneEntry<Value>[] {
  const end = Math.min(cellLane.total - 1, Math.max(from, newTo));
  return changeCells(cellLane, (cells, bed) => {
    const old = cells.slice(from, to + 1);
    const count = end - from + 1;
    cells.fill(bed, from, to + 1);
    for (let i = 0; i < count; i += 1) {
      cells[from + i] = old[Math.floor(((i + 0.5) * old.length) / count)] ?? bed;
    }
  });
}

function changeCells<Value>(
  { lane, total, values, otherwise }: CellLane<Value>,
  change: (cells: Value[], bed: Value) => void,
): readonly LaneEntry<Value>[] {
  const whole = lane.findLast(({ ranges }) => ranges.length === 0);
  const bed = whole ? whole.value : otherwise;
  const isPattern = ({ last, every }: PassRange): boolean => last === highestPass && every > 1;
  const hasPattern = lane.some(({ ranges }) => ranges.some(isPattern));
  const count = hasPattern ? highestPass : Math.max(total, endOf(lane));
  const cells = expandEntries(lane, count + 1, otherwise);
  const tail = cells.pop() ?? bed;
  change(cells, bed);
  const entries = withTail(entriesOfCells(cells, values, bed), count, tail, bed);
  return whole || entries.length === 0 ? [{ value: bed, ranges: [] }, ...entries] : entries;
}

/** Entries that hold a value from `count` on to the end of whatever axis. */
function withTail<Value>(
  entries: readonly LaneEntry<Value>[],
  count: number,
  tail: Value,
  bed: Value,
): readonly LaneEntry<Value>[] {
  if (tail === bed) return entries;
  const isBefore = ({ last, every }: PassRange): boolean => last === count - 1 && every === 1;
  const at = entries.findIndex(({ value, ranges }) => value === tail && ranges.some(isBefore));
  if (at < 0) {
    return [...entries, { value: tail, ranges: [{ first: count, last: highestPass, every: 1 }] }];
  }
  return entries.map((entry, i) =>
    i !== at
      ? entry
      : {
          ...entry,
          ranges: entry.ranges.map((range) =>
            isBefore(range) ? { ...range, last: highestPass } : range,
          ),
        },
  );
}

/** A lane with the ends of one range moved, and its pattern changed; the ends pass each other no further than to one pass. */
export function moveRange<Value>(
  lane: readonly LaneEntry<Value>[],
  entryIndex: number,
  rangeIndex: number,
  { first, last, every }: Pick<PassRange, 'first' | 'last'> & { readonly every?: number },
): readonly LaneEntry<Value>[] {
  return lane.map((entry, i) =>
    i !== entryIndex
      ? entry
      : { ...entry, ranges: placeRange(entry.ranges, rangeIndex, first, last, every) },
  );
}

/** Ranges with the ends of one moved. */
export function placeRange(
  ranges: readonly PassRange[],
  index: number,
  first: number,
  last: number,
  every?: number,
): readonly PassRange[] {
  const clamp = (pass: number): number => Math.min(highestPass, Math.max(0, pass));
  return ranges.map((range, j) =>
    j === index
      ? {
          first: clamp(Math.min(first, last)),
          last: clamp(Math.max(first, last)),
          every: Math.max(1, every ?? range.every),
        }
      : range,
  );
}
