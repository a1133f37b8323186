import { curveOfCells } from './curve-fit.js';
import { entriesOfCells } from './lane-cells.js';
import {
  endOf,
  expandEntries,
  highestPass,
  type CurveJoin,
  type CurvePoint,
  type NumberLane,
  type PassRange,
  type SwitchLane,
} from './schedule-lanes.js';

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

/** A curve that is off, or on again, in the passes `from..to` of an axis of `total`. */
export function setOff(
  lane: NumberLane,
  total: number,
  from: number,
  to: number,
  isOff: boolean,
): NumberLane {
  const entry = { value: true, ranges: lane.off };
  const off = lane.off.length === 0 ? [] : [entry];
  const count = Math.max(total, to + 1, endOf(off));
  const cells = expandEntries(off, count, false);
  cells.fill(isOff, Math.min(from, to), Math.max(from, to) + 1);
  const [painted] = entriesOfCells(cells, [false, true], false);
  const ranges = painted?.ranges ?? [];
  const isOpen = lane.off.some(({ last }) => last === highestPass);
  return { ...lane, off: isOpen ? openEnd(ranges, count) : ranges };
}

/** Ranges that go on to the end of whatever axis from `count` on. */
function openEnd(ranges: readonly PassRange[], count: number): readonly PassRange[] {
  const last = ranges.at(-1);
  return last?.last === count - 1 && last.every === 1
    ? [...ranges.slice(0, -1), { ...last, last: highestPass }]
    : [...ranges, { first: count, last: highestPass, every: 1 }];
}

/** How far a drawn line may lie from the points that stand for it. */
const drawnTolerance = 0.02;

/**
 * A curve that goes through what was drawn, told as a value for some passes: it replaces the points of the passes it
 * spans, and is simplified to straight lines no further off than a fiftieth.
 */
export function drawCurve(
  lane: NumberLane,
  samples: readonly { readonly pass: number; readonly value: number }[],
): NumberLane {
  const sorted = [...samples].sort((a, b) => a.pass - b.pass);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return lane;
  const values = Array.from({ length: last.pass - first.pass + 1 }, (_unused, i) => {
    const pass = first.pass + i;
    const after = sorted.find((sample) => sample.pass >= pass) ?? last;
    const before = sorted.findLast((sample) => sample.pass <= pass) ?? first;
    const span = after.pass - before.pass;
    const share = span === 0 ? 0 : (pass - before.pass) / span;
    return before.value + (after.value - before.value) * share;
  });
  const drawn = curveOfCells(values, drawnTolerance).points.map((point) => ({
    ...point,
    pass: point.pass + first.pass,
    value: Math.round(point.value * 100) / 100,
  }));
  const before = lane.points.filter(({ pass }) => pass < first.pass);
  const after = lane.points.filter(({ pass }) => pass > last.pass);
  // The drawn part meets what follows it.
  const meeting =
    after.length > 0 ? drawn.map((point) => ({ ...point, join: 'lin' as const })) : drawn;
  return { ...lane, points: closed([...before, ...meeting, ...after]) };
}

/** A curve with its points in `from..to` of the axis moved by so many passes; those that lie where they go make room. */
export function shiftPoints(
  lane: NumberLane,
  total: number,
  from: number,
  to: number,
  by: number,
): NumberLane {
  const step = Math.min(total - 1 - to, Math.max(-from, by));
  return placePoints(lane, from, to, (pass) => pass + step);
}

/** A curve with its points in `from..to` spread over `from..newTo`. */
export function stretchPoints(
  lane: NumberLane,
  from: number,
  to: number,
  newTo: number,
): NumberLane {
  const factor = to > from ? (newTo - from) / (to - from) : 1;
  return placePoints(lane, from, to, (pass) => from + Math.round((pass - from) * factor));
}

function placePoints(
  lane: NumberLane,
  from: number,
  to: number,
  place: (pass: number) => number,
): NumberLane {
  const placed = new Map<number, CurvePoint>();
  for (const point of lane.points) {
    if (point.pass >= from && point.pass <= to) {
      placed.set(place(point.pass), { ...point, pass: place(point.pass) });
    }
  }
  if (placed.size === 0) return lane;
  const passes = [...placed.keys()];
  const [low, high] = [Math.min(...passes), Math.max(...passes)];
  const kept = lane.points.filter(
    ({ pass }) => (pass < from || pass > to) && (pass < low || pass > high),
  );
  const points = [...kept, ...placed.values()].sort((a, b) => a.pass - b.pass);
  return { ...lane, points: closed(points) };
}

/** A switch lane as a curve: 1, and off where the switch is. */
export function curveOfSwitch(lane: SwitchLane): NumberLane {
  const count = endOf(lane);
  const cells = expandEntries(lane, count + 1, false);
  const isOnAfter = cells.pop() === true;
  const isOff = cells.map((isOn) => !isOn);
  const [off] = entriesOfCells(isOff, [false, true], false);
  const ranges = off?.ranges ?? [];
  return {
    points: [{ pass: 0, value: 1, join: 'step' }],
    off: isOnAfter ? ranges : openEnd(ranges, count),
  };
}
