import { latticeNoise, valueNoise } from './noise.js';
import { sine } from './trigonometry.js';
import type { PatternName } from './words.js';

/** How a pattern is laid over one animal. */
export interface PatternGrain {
  /** Repeats over the picture's width. */
  readonly frequency: number;
  readonly phase: number;
  readonly seed: number;
}

const TURN = 6.283185307179586;

/** Distances from (x, y) to the nearest and second-nearest of one jittered point per lattice cell. */
function cellDistances(x: number, y: number, seed: number): readonly [number, number] {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  let nearest = 9;
  let second = 9;
  for (let j = row - 1; j <= row + 1; j++) {
    for (let i = column - 1; i <= column + 1; i++) {
      const dx = i + 0.15 + 0.7 * latticeNoise(i, j, seed) - x;
      const dy = j + 0.15 + 0.7 * latticeNoise(i, j, seed ^ 0x5bd1e995) - y;
      const distance = dx * dx + dy * dy;
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
      } else if (distance < second) {
        second = distance;
      }
    }
  }
  return [Math.sqrt(nearest), Math.sqrt(second)];
}

const step = (condition: boolean): number => (condition ? 1 : 0);

type Rule = (x: number, y: number, grain: PatternGrain) => number;

const RULES: Readonly<Record<PatternName, Rule>> = {
  plain: () => 0,
  stripes: (x, y, { frequency, phase }) =>
    step(sine(TURN * frequency * (x + 0.03 * sine(10 * y + phase)) + phase) > 0),
  bands: (x, y, { frequency, phase }) =>
    step(sine(TURN * frequency * (y + 0.02 * sine(9 * x + phase)) + phase) > 0),
  diagonals: (x, y, { frequency, phase }) =>
    step(sine(TURN * frequency * 0.72 * (x + y) + phase) > 0),
  spots: (x, y, { frequency, seed }) =>
    step(cellDistances(x * frequency, y * frequency, seed)[0] < 0.31),
  rosettes: (x, y, { frequency, seed }) => {
    const distance = cellDistances(x * frequency * 0.8, y * frequency * 0.8, seed)[0];
    return step(distance > 0.17 && distance < 0.39);
  },
  patches: (x, y, { frequency, seed }) => {
    const [nearest, second] = cellDistances(x * frequency * 0.75, y * frequency * 0.75, seed);
    return step(second - nearest < 0.17);
  },
  blotches: (x, y, { frequency, seed }) =>
    step(valueNoise(x * frequency * 0.55, y * frequency * 0.55, seed) > 0.54),
  checks: (x, y, { frequency, phase }) => {
    const [column, row] = [Math.floor(x * frequency + phase), Math.floor(y * frequency + phase)];
    return step((column + row) % 2 === 0);
  },
  // A dark back and a light belly: animals stand on y = 0, their backs are around y = -0.5.
  shade: (_x, y) => Math.max(0, Math.min(1, (y + 0.62) / 0.42)),
};

/**
 * How much of the second colour the pattern has at (x, y), 0..1. Coordinates are the animal's own: the
 * ground is y = 0, the picture is one unit wide.
 */
export function patternAt(name: PatternName, x: number, y: number, grain: PatternGrain): number {
  return RULES[name](x, y, grain);
}
