import { toLab } from '../tensor/lab.js';
import { momentsDistance, momentsOf } from '../tensor/moments.js';
import { FIRST_ANIMAL_LABEL, PARTS } from './parts.js';
import type { Labelled } from './score.js';

/** Parts smaller than this many pixels have no looks to go by. */
const LEAST_PIXELS = 12;
/** L, a, b, and the steepness of each. */
const CHANNELS = 6;

/** Colour and steepness of every pixel: L*, a*, b*, and the length of each one's gradient, per pixel. */
function looksOf(rgb: Uint8Array, size: number): Float32Array {
  const lab = toLab(rgb, 3);
  const looks = new Float32Array(CHANNELS * size * size);
  for (let i = 0; i < size * size; i++) {
    const x = i % size;
    const [left, right] = [x > 0 ? i - 1 : i, x + 1 < size ? i + 1 : i];
    const [up, down] = [i >= size ? i - size : i, i + size < size * size ? i + size : i];
    for (let c = 0; c < 3; c++) {
      const at = (pixel: number): number => lab[3 * pixel + c] ?? 0;
      looks[CHANNELS * i + c] = at(i);
      looks[CHANNELS * i + 3 + c] = Math.hypot(at(right) - at(left), at(down) - at(up)) / 2;
    }
  }
  return looks;
}

/** The labels of animal parts that are large enough, with their number of pixels. */
function partsOf({ parts }: Labelled): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const label of parts) {
    if (label < FIRST_ANIMAL_LABEL || PARTS[label] === 'eye') continue;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return new Map([...counts].filter(([, count]) => count >= LEAST_PIXELS));
}

/**
 * How far the looks of the output's parts are from those of the same parts of the appearance animal, in units of L*a*b*:
 * for each part that both animals have, the Euclidean distance between means and standard deviations of colour and
 * gradient (texture); the mean over parts, weighted by their size in the structure. 0 when both are equal. Undefined when
 * the animals have no part in common.
 */
export function appearanceDistance(
  output: Uint8Array,
  structure: Labelled,
  appearance: Labelled,
): number | undefined {
  const there = partsOf(appearance);
  const [made, wanted] = [
    looksOf(output, structure.size),
    looksOf(appearance.rgb, appearance.size),
  ];
  let sum = 0;
  let pixels = 0;
  for (const [label, count] of partsOf(structure)) {
    if (!there.has(label)) continue;
    const within = ({ parts }: Labelled) => parts.map((part) => (part === label ? 1 : 0));
    const a = momentsOf(made, CHANNELS, within(structure));
    const b = momentsOf(wanted, CHANNELS, within(appearance));
    if (a === undefined || b === undefined) continue;
    sum += count * momentsDistance(a, b);
    pixels += count;
  }
  return pixels === 0 ? undefined : sum / pixels;
}
