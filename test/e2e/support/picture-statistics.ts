import type { Pixels } from './app-page.js';

/** How far the colour values of a picture lie from their mean, 0 to 255: 0 is a blank picture. */
export function spread({ data }: Pixels): number {
  const colours = data.filter((_, index) => index % 4 !== 3);
  const mean = colours.reduce((sum, value) => sum + value, 0) / colours.length;
  return Math.sqrt(colours.reduce((sum, value) => sum + (value - mean) ** 2, 0) / colours.length);
}

/** The mean difference of two pictures' colour values, 0 to 255. Throws when their sizes differ. */
export function difference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`Sizes differ: ${a.width} × ${a.height}, ${b.width} × ${b.height}.`);
  }
  const sum = a.data.reduce(
    (total, value, index) => total + Math.abs(value - (b.data[index] ?? 0)),
    0,
  );
  return sum / ((a.data.length / 4) * 3);
}
