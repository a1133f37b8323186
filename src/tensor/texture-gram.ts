/** Interleaved colours, three a pixel. */
export interface ColorPlane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Scales that are looked at, each half the side of the one before, as long as 8 pixels a side are left. */
const SCALES = 5;
const LEAST_SIDE = 8;
/** Three colours, and along x and y the first and the second difference of each. */
const FEATURES = 15;

/**
 * Gram matrices of fixed features at up to five scales, one after the other: what a texture is made of, wherever it lies.
 * The features are no network's: the colours, and their first and second differences along x and y. Each matrix is
 * divided by its number of pixels; where `mask` (one number a pixel) is given, only pixels above one half count.
 */
export function textureGrams(plane: ColorPlane, mask?: Float32Array): readonly Float64Array[] {
  const grams: Float64Array[] = [];
  let [current, weights] = [plane, mask];
  for (let scale = 0; scale < SCALES; scale += 1) {
    grams.push(gramOf(current, weights));
    if (Math.min(current.width, current.height) < 2 * LEAST_SIDE) break;
    weights = weights && halved({ ...current, data: weights }, 1);
    current = {
      width: current.width >> 1,
      height: current.height >> 1,
      data: halved(current, 3),
    };
  }
  return grams;
}

/** The mean over scales of the relative distance ‖A − B‖ / √(‖A‖ ‖B‖) of Gram matrices; 0 when they are equal. */
export function gramDistance(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  const scales = Math.min(a.length, b.length);
  let sum = 0;
  for (let scale = 0; scale < scales; scale += 1) {
    const [x, y] = [a[scale] ?? new Float64Array(), b[scale] ?? new Float64Array()];
    const gap = norm(x.map((value, i) => value - (y[i] ?? 0)));
    sum += gap === 0 ? 0 : gap / Math.sqrt(Math.max(norm(x) * norm(y), 1e-12));
  }
  return sum / scales;
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function gramOf(plane: ColorPlane, weights?: Float32Array): Float64Array {
  const { width, height } = plane;
  const gram = new Float64Array(FEATURES * FEATURES);
  const features = new Float64Array(FEATURES);
  let count = 0;
  for (let i = 0; i < width * height; i += 1) {
    if (weights !== undefined && (weights[i] ?? 0) <= 0.5) continue;
    count += 1;
    readFeatures(plane, i, features);
    for (let r = 0; r < FEATURES; r += 1) {
      for (let c = 0; c < FEATURES; c += 1) {
        const at = r * FEATURES + c;
        gram[at] = (gram[at] ?? 0) + (features[r] ?? 0) * (features[c] ?? 0);
      }
    }
  }
  return gram.map((value) => value / Math.max(1, count));
}

/** The features of one pixel; outside, the picture goes on as at its edge. */
function readFeatures({ width, height, data }: ColorPlane, i: number, into: Float64Array): void {
  const [x, y] = [i % width, Math.floor(i / width)];
  const left = i - (x > 0 ? 1 : 0);
  const right = i + (x + 1 < width ? 1 : 0);
  const up = i - (y > 0 ? width : 0);
  const down = i + (y + 1 < height ? width : 0);
  for (let c = 0; c < 3; c += 1) {
    const at = (pixel: number): number => data[3 * pixel + c] ?? 0;
    const here = at(i);
    into[c] = here;
    into[3 + c] = (at(right) - at(left)) / 2;
    into[6 + c] = (at(down) - at(up)) / 2;
    into[9 + c] = at(right) - 2 * here + at(left);
    into[12 + c] = at(down) - 2 * here + at(up);
  }
}

/** Means of two by two places. */
function halved({ width, height, data }: ColorPlane, channels: number): Float32Array {
  const [columns, rows] = [width >> 1, height >> 1];
  const result = new Float32Array(columns * rows * channels);
  for (let i = 0; i < result.length; i += 1) {
    const c = i % channels;
    const pixel = Math.floor(i / channels);
    const start = 2 * Math.floor(pixel / columns) * width + 2 * (pixel % columns);
    const at = (offset: number): number => data[(start + offset) * channels + c] ?? 0;
    result[i] = (at(0) + at(1) + at(width) + at(width + 1)) / 4;
  }
  return result;
}
