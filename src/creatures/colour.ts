import type { Random } from './random.js';

/** Red, green and blue in 0..1. */
export type Rgb = readonly [number, number, number];

/** A colour from hue, saturation and value, each in 0..1. */
export function hsvToRgb(hue: number, saturation: number, value: number): Rgb {
  const sector = (hue - Math.floor(hue)) * 6;
  const channel = (offset: number): number => {
    const k = (offset + sector) % 6;
    return value * (1 - saturation * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  return [channel(5), channel(3), channel(1)];
}

/** Every channel times `factor`. */
export function scaled(colour: Rgb, factor: number): Rgb {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

/** Squared distance of two colours, 0..3. */
export function squaredDistance(a: Rgb, b: Rgb): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

/** Any colour a coat may have: mostly full ones, one in five greyish. */
export function anyColour(random: Random): Rgb {
  const hue = random.next();
  const saturation = random.chance(0.2) ? random.range(0, 0.15) : random.range(0.3, 0.95);
  return hsvToRgb(hue, saturation, random.range(0.25, 0.98));
}

/**
 * A colour that is at least `distance` from every one of `taken`, or the farthest of a dozen tries, so
 * that a part can be told by its colour.
 */
export function distinctColour(random: Random, taken: readonly Rgb[], distance: number): Rgb {
  let best = anyColour(random);
  let bestGap = -1;
  for (let attempt = 0; attempt < 12; attempt++) {
    const candidate = attempt === 0 ? best : anyColour(random);
    const gap = taken.reduce(
      (least, other) => Math.min(least, squaredDistance(candidate, other)),
      3,
    );
    if (gap > bestGap) {
      best = candidate;
      bestGap = gap;
    }
    if (gap >= distance * distance) break;
  }
  return best;
}
