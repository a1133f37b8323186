/** A plane of numbers, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * Peak signal-to-noise ratio of two arrays in decibel, 10 log10(peak² / mean squared difference); Infinity when they are equal.
 * @throws Error when the lengths differ.
 */
export function psnr(a: Float32Array, b: Float32Array, peak: number): number {
  if (a.length !== b.length) throw new Error('The sizes differ.');
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return 10 * Math.log10((peak * peak * a.length) / sum);
}

const radius = 5;
const deviation = 1.5;

/**
 * Mean structural similarity of two planes of one size (Wang, Bovik, Sheikh and Simoncelli, 2004): a Gaussian window of
 * 11 by 11 with deviation 1.5 at every place where it fits, K1 0.01, K2 0.03. 1 when they are equal.
 * @throws Error when the sizes differ, or are less than 11.
 */
export function ssim(a: Plane, b: Plane, peak: number): number {
  const { width, height } = a;
  if (width !== b.width || height !== b.height) throw new Error('The sizes differ.');
  if (Math.min(width, height) < 2 * radius + 1) throw new Error('Both sides must be 11 at least.');
  const of = (value: (i: number) => number) =>
    blur(
      Float64Array.from({ length: width * height }, (_unused, i) => value(i)),
      width,
      height,
    );
  const x = (i: number): number => a.data[i] ?? 0;
  const y = (i: number): number => b.data[i] ?? 0;
  const [mx, my] = [of(x), of(y)];
  const [xx, yy, xy] = [of((i) => x(i) ** 2), of((i) => y(i) ** 2), of((i) => x(i) * y(i))];
  const [c1, c2] = [(0.01 * peak) ** 2, (0.03 * peak) ** 2];
  let sum = 0;
  mx.forEach((meanX, i) => {
    const meanY = my[i] ?? 0;
    const product = meanX * meanY;
    const squares = meanX ** 2 + meanY ** 2;
    const covariance = (xy[i] ?? 0) - product;
    const variances = (xx[i] ?? 0) + (yy[i] ?? 0) - squares;
    sum += ((2 * product + c1) * (2 * covariance + c2)) / ((squares + c1) * (variances + c2));
  });
  return sum / mx.length;
}

/** The Gaussian mean around every place where the window fits. */
function blur(values: Float64Array, width: number, height: number): Float64Array {
  const weights = Array.from({ length: 2 * radius + 1 }, (_unused, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const columns = width - 2 * radius;
  const rows = height - 2 * radius;
  const across = new Float64Array(columns * height);
  for (let i = 0; i < across.length; i += 1) {
    const start = Math.floor(i / columns) * width + (i % columns);
    let sum = 0;
    for (const [k, weight] of weights.entries()) sum += weight * (values[start + k] ?? 0);
    across[i] = sum / total;
  }
  const result = new Float64Array(columns * rows);
  for (let i = 0; i < result.length; i += 1) {
    let sum = 0;
    for (const [k, weight] of weights.entries()) sum += weight * (across[i + k * columns] ?? 0);
    result[i] = sum / total;
  }
  return result;
}
