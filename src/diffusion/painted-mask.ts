import { cpuTensor, type Tensor } from '../tensor/tensor.js';
import type { LaneReading } from './lane-reader.js';

/** A mask as a hand painted it: rows from the top, levels 0 (background) to {@link topLevel} (foreground). */
export interface PaintedMask {
  readonly width: number;
  readonly height: number;
  readonly levels: Uint8Array;
}

/** The level of what is wholly foreground. */
export const topLevel = 15;

/** The longest side that a painted mask has: a quarter of a picture of Stable Diffusion 1.x, twice its latents. */
export const paintedSide = 128;

const largestSide = 1024;
const firstLetter = 'a'.charCodeAt(0);

/**
 * The one text of a mask, such as `4x2:3ap2p2a`: its size, then runs along the rows, each a count (left out when it is 1)
 * and a letter, `a` for 0 to `p` for 15. `parsePaintedMask` gives the mask back.
 */
export function printPaintedMask({ width, height, levels }: PaintedMask): string {
  const parts = [`${String(width)}x${String(height)}:`];
  for (let start = 0; start < levels.length;) {
    const level = levels[start] ?? 0;
    let end = start + 1;
    while (end < levels.length && levels[end] === level) end += 1;
    const letter = String.fromCharCode(firstLetter + level);
    parts.push(end - start === 1 ? letter : `${String(end - start)}${letter}`);
    start = end;
  }
  return parts.join('');
}

/** Reads the text of a mask; a text that is none says at which character. No side is longer than 1024. */
export function parsePaintedMask(text: string): LaneReading<PaintedMask> {
  const head = /^\s*(\d{1,4})x(\d{1,4}):/.exec(text);
  const [width, height] = [Number(head?.[1] ?? 0), Number(head?.[2] ?? 0)];
  if (!head || width < 1 || height < 1 || width > largestSide || height > largestSide) {
    return { mistake: { at: 0, reason: 'a size is missing, such as “128x96:”, up to 1024' } };
  }
  const levels = new Uint8Array(width * height);
  const run = /(\d{0,7})([a-p])/y;
  let [at, filled] = [head[0].length, 0];
  const end = text.trimEnd().length;
  while (at < end) {
    run.lastIndex = at;
    const found = run.exec(text);
    if (!found) return { mistake: { at, reason: 'a count and a letter from a to p are missing' } };
    const count = found[1] === '' ? 1 : Number(found[1]);
    if (count < 1 || filled + count > levels.length) {
      return {
        mistake: { at, reason: `the runs are longer than ${String(width * height)} cells` },
      };
    }
    levels.fill((found[2] ?? 'a').charCodeAt(0) - firstLetter, filled, filled + count);
    filled += count;
    at = run.lastIndex;
  }
  if (filled < levels.length) {
    const missing = `the runs end after ${String(filled)} of ${String(levels.length)} cells`;
    return { mistake: { at: end, reason: missing } };
  }
  return { lane: { width, height, levels } };
}

/** A painted mask as values `[1, 1, height, width]` in 0..1. */
export function paintedMaskValues({ width, height, levels }: PaintedMask): Tensor {
  const values = Float32Array.from(levels, (level) => level / topLevel);
  return cpuTensor(values, [1, 1, height, width]);
}
