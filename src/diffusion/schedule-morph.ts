import { curveOfCells } from './curve-fit.js';
import { entriesOfCells } from './lane-cells.js';
import { maskName } from './layer-lanes.js';
import {
  expandLanes,
  laneNames,
  readLanes,
  type LaneName,
  type ScheduleLanes,
  type ScheduleTexts,
} from './lane-texts.js';
import {
  highestPass,
  type CurvePoint,
  type LaneEntry,
  type MaskSet,
  type NumberLane,
  type PassRange,
} from './schedule-lanes.js';
import { printMasks, printNumbers, printSources, printSwitch } from './schedule-notation.js';
import { keyValueSources, laneMasksOf, scaleOfLane } from './schedule-sources.js';
import type { KeyValueSource } from './sockets.js';

/**
 * The schedule at `share` (0..1) of the way from one to another on an axis of `total` passes: numbers go straight, cells
 * that differ become the other's from the last pass on (docs/schedule-notation.md). Both have a text for every lane.
 * @throws AppError `input/invalid` when a text cannot be read.
 */
export function morphSchedules(
  from: ScheduleTexts,
  to: ScheduleTexts,
  total: number,
  share: number,
): ScheduleTexts {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const a = expandLanes(readLanes(from), total);
  const b = expandLanes(readLanes(to), total);
  const sources = (
    x: readonly KeyValueSource[] | undefined,
    y: readonly KeyValueSource[] | undefined,
  ) => {
    const own = fill<KeyValueSource>(total, 'own');
    const cells = mixCells(x ?? own, y ?? own, share);
    return printSources(entriesOfCells(cells, keyValueSources, 'own')) || 'own';
  };
  const numbers = (name: 'contrast' | 'guidance') => {
    const cells = mixNumbers(a[name] ?? [], b[name] ?? [], total, share);
    return printNumbers(curveOfCells(cells, 1e-9));
  };
  const strengths = mixNumbers(a.adain ?? [], b.adain ?? [], total, share);
  const masks = mixCells(a.mask ?? fill(total, 'all'), b.mask ?? fill(total, 'all'), share);
  const maskCells = (at: typeof a, name: string) =>
    laneMasksOf(at.laneMasks, name) ?? at.mask ?? fill(total, 'all');
  const printedMasks = (cells: readonly MaskSet[]) =>
    printMasks(entriesOfCells(cells, [...new Set(cells)], 'all')) || 'all';
  const layerCells = (at: typeof a, name: string) => at.layers?.[name] ?? at[scaleOfLane(name)];
  return {
    full: sources(a.full, b.full),
    half: sources(a.half, b.half),
    contrast: numbers('contrast'),
    guidance: numbers('guidance'),
    adain: printNumbers(
      curveOfCells(
        strengths.map((value) => (value === 0 ? undefined : value)),
        1e-9,
      ),
    ),
    mask: printedMasks(masks),
    layers: [
      ...namesIn(a.layers, b.layers).map(
        (name) => `${name}: ${sources(layerCells(a, name), layerCells(b, name))}`,
      ),
      ...namesIn(a.laneMasks, b.laneMasks).map((name) => {
        const cells = mixCells(maskCells(a, name), maskCells(b, name), share);
        return `${maskName(name)}: ${printedMasks(cells)}`;
      }),
    ].join('\n'),
  };
}

/** The names that either table has. */
function namesIn(
  a: Readonly<Record<string, unknown>> = {},
  b: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function fill<Value>(total: number, value: Value): readonly Value[] {
  return new Array<Value>(total).fill(value);
}

/** Cells of which the last share of those that differ are the second's. */
function mixCells<Value>(
  a: readonly Value[],
  b: readonly Value[],
  share: number,
): readonly Value[] {
  const different = a.flatMap((value, i) => (value === b[i] ? [] : [i]));
  const switched = new Set(
    different.slice(different.length - Math.floor(share * different.length + 0.5)),
  );
  return a.map((value, i) => (switched.has(i) ? (b[i] ?? value) : value));
}

function mixNumbers(
  a: readonly (number | undefined)[],
  b: readonly (number | undefined)[],
  total: number,
  share: number,
): readonly (number | undefined)[] {
  const isOn = (cells: typeof a) => Array.from({ length: total }, (_, i) => cells[i] !== undefined);
  const on = mixCells(isOn(a), isOn(b), share);
  return on.map((isThere, i) => {
    if (!isThere) return undefined;
    const [x, y] = [a[i] ?? b[i] ?? 0, b[i] ?? a[i] ?? 0];
    return Math.round((x + (y - x) * share) * 1e4) / 1e4;
  });
}

/**
 * A schedule made for `from` passes, on an axis of `to`: ranges and points move in proportion.
 * @throws AppError `input/invalid` when a text cannot be read.
 */
export function stretchSchedule(texts: ScheduleTexts, from: number, to: number): ScheduleTexts {
  const lanes = readLanes(texts);
  const factor = to / from;
  const print = (name: LaneName): string => {
    const lane = lanes[name];
    return lane === undefined ? '' : printLane(name, lanes, factor);
  };
  const stretched = Object.fromEntries(laneNames.map((name) => [name, print(name)]));
  const layers = Object.entries(lanes.layers ?? {}).map(
    ([name, lane]) => `${name}: ${printSources(stretchEntries(lane, factor))}`,
  );
  const masks = Object.entries(lanes.laneMasks ?? {}).map(
    ([name, lane]) => `${maskName(name)}: ${printMasks(stretchEntries(lane, factor))}`,
  );
  return { ...texts, ...stretched, layers: [...layers, ...masks].join('\n') };
}

function printLane(name: LaneName, lanes: ScheduleLanes, factor: number): string {
  const { contrast, guidance, adain, mask } = lanes;
  if (name === 'mask') return printMasks(stretchEntries(mask ?? [], factor));
  if (name === 'full' || name === 'half') {
    return printSources(stretchEntries(lanes[name] ?? [], factor));
  }
  const lane = { contrast, guidance, adain }[name];
  if (lane === undefined) return '';
  return 'points' in lane
    ? printNumbers(stretchCurve(lane, factor))
    : printSwitch(stretchEntries(lane, factor));
}

function stretchEntries<Value>(
  lane: readonly LaneEntry<Value>[],
  factor: number,
): readonly LaneEntry<Value>[] {
  return lane.map(({ value, ranges }) => ({
    value,
    ranges: ranges.map((range) => stretchRange(range, factor)),
  }));
}

function stretchRange({ first, last, every }: PassRange, factor: number): PassRange {
  const clamp = (pass: number) => Math.min(highestPass, Math.max(0, pass));
  const start = clamp(Math.round(first * factor));
  // What has no gaps gets none.
  const step = every === 1 ? 1 : Math.max(1, Math.round(every * factor));
  if (last === highestPass) {
    return { first: start, last, every: step };
  }
  const end = clamp(Math.max(start, Math.round((last + 1) * factor) - 1));
  return { first: start, last: end, every: step };
}

function stretchCurve({ points, off }: NumberLane, factor: number): NumberLane {
  const byPass = new Map<number, CurvePoint>();
  for (const point of points) {
    const pass = Math.min(highestPass, Math.round(point.pass * factor));
    byPass.set(pass, { ...point, pass });
  }
  return { points: [...byPass.values()], off: off.map((range) => stretchRange(range, factor)) };
}
