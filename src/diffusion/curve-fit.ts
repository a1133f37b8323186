import { entriesOfCells } from './lane-cells.js';
import type { CurvePoint, NumberLane } from './schedule-lanes.js';

interface Place {
  readonly pass: number;
  readonly value: number;
}

/**
 * A curve of straight lines that comes within `tolerance` of every number (Ramer, Douglas and Peucker, by the distance
 * in value), and is off where there is none.
 */
export function curveOfCells(
  cells: readonly (number | undefined)[],
  tolerance: number,
): NumberLane {
  const places = cells.flatMap((value, pass) => (value === undefined ? [] : [{ pass, value }]));
  const kept = simplify(places, tolerance);
  const points = kept.map(({ pass, value }, i): CurvePoint => {
    const isLast = i === kept.length - 1;
    return { pass, value, join: isLast || kept[i + 1]?.value === value ? 'step' : 'lin' };
  });
  if (points.length === 0) return { points: [], off: [] };
  const isOff = cells.map((value) => value === undefined);
  const [off] = entriesOfCells(isOff, [false, true], false);
  return { points: merged(points), off: off?.ranges ?? [] };
}

/** Points without those that only repeat what holds from the one before. */
function merged(points: readonly CurvePoint[]): readonly CurvePoint[] {
  return points.filter((point, i) => {
    const before = points[i - 1];
    return !(before?.join === 'step' && before.value === point.value && point.join === 'step');
  });
}

function simplify(places: readonly Place[], tolerance: number): readonly Place[] {
  const isKept = new Set<number>([0, places.length - 1]);
  const spans: [number, number][] = [[0, places.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [low, high] = span;
    const at = farthest(places, low, high, tolerance);
    if (at === undefined) continue;
    isKept.add(at);
    spans.push([low, at], [at, high]);
  }
  return places.filter((_place, i) => isKept.has(i));
}

/** The place that lies farthest from the line between two others, beyond the tolerance. */
function farthest(
  places: readonly Place[],
  low: number,
  high: number,
  tolerance: number,
): number | undefined {
  const [from, to] = [places[low], places[high]];
  if (!from || !to) return undefined;
  let most = tolerance;
  let found: number | undefined;
  for (let i = low + 1; i < high; i += 1) {
    const { pass, value } = places[i] ?? from;
    const share = (pass - from.pass) / (to.pass - from.pass);
    const distance = Math.abs(value - (from.value + (to.value - from.value) * share));
    if (distance > most) [most, found] = [distance, i];
  }
  return found;
}
