const ROW_BLOCK = 4;
const COLUMN_BLOCK = 4;

function requireLength(name: string, found: number, wanted: number): void {
  if (found < wanted) {
    throw new Error(`${name} holds ${String(found)} values; its shape needs ${String(wanted)}.`);
  }
}

/**
 * `out[m, n] = sum_k a[m, k] b[n, k]` for row-major `a` `[rows, inner]` and `b` `[columns, inner]`; sums in
 * float64, results in float32. Rows of scores, projections and distances are made with it.
 */
export function matmulTransposed(
  a: Float32Array,
  b: Float32Array,
  rows: number,
  columns: number,
  inner: number,
  out: Float32Array = new Float32Array(rows * columns),
): Float32Array {
  requireLength('The left matrix', a.length, rows * inner);
  requireLength('The right matrix', b.length, columns * inner);
  requireLength('The product', out.length, rows * columns);
  for (let n0 = 0; n0 < columns; n0 += COLUMN_BLOCK) {
    const nEnd = Math.min(n0 + COLUMN_BLOCK, columns);
    for (let m = 0; m < rows; m++) {
      if (nEnd - n0 === COLUMN_BLOCK)
        dotFour(a, m * inner, b, n0 * inner, inner, out, m * columns + n0);
      else if (nEnd - n0 === COLUMN_BLOCK - 1)
        dotThree(a, m * inner, b, n0 * inner, inner, out, m * columns + n0);
      else {
        for (let n = n0; n < nEnd; n++) {
          out[m * columns + n] = dot(a, m * inner, b, n * inner, inner);
        }
      }
    }
  }
  return out;
}

/** The scalar product of `length` values of two arrays from the given places on, summed in float64. */
export function dot(
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  length: number,
): number {
  // Four sums, so that an addition need not wait for the one before.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 4 <= length; k += 4) {
    s0 += (a[aStart + k] ?? 0) * (b[bStart + k] ?? 0);
    s1 += (a[aStart + k + 1] ?? 0) * (b[bStart + k + 1] ?? 0);
    s2 += (a[aStart + k + 2] ?? 0) * (b[bStart + k + 2] ?? 0);
    s3 += (a[aStart + k + 3] ?? 0) * (b[bStart + k + 3] ?? 0);
  }
  for (; k < length; k++) s0 += (a[aStart + k] ?? 0) * (b[bStart + k] ?? 0);
  return s0 + s1 + (s2 + s3);
}

/** Four scalar products at once: `inner` values of `a` are loaded once for four rows of `b`. */
export function dotFour(
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  inner: number,
  out: Float32Array | Float64Array,
  outStart: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < inner; k++) {
    const x = a[aStart + k] ?? 0;
    const j = bStart + k;
    s0 += x * (b[j] ?? 0);
    s1 += x * (b[j + inner] ?? 0);
    s2 += x * (b[j + 2 * inner] ?? 0);
    s3 += x * (b[j + 3 * inner] ?? 0);
  }
  out[outStart] = s0;
  out[outStart + 1] = s1;
  out[outStart + 2] = s2;
  out[outStart + 3] = s3;
}

/** Three scalar products at once, as {@link dotFour}. */
function dotThree(
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  inner: number,
  out: Float32Array,
  outStart: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  for (let k = 0; k < inner; k++) {
    const x = a[aStart + k] ?? 0;
    const j = bStart + k;
    s0 += x * (b[j] ?? 0);
    s1 += x * (b[j + inner] ?? 0);
    s2 += x * (b[j + 2 * inner] ?? 0);
  }
  out[outStart] = s0;
  out[outStart + 1] = s1;
  out[outStart + 2] = s2;
}

/**
 * `out[m, n] = sum_k a[m, k] b[k, n]` for row-major `a` `[rows, inner]` and `b` `[inner, columns]`; sums in
 * float64, results in float32.
 */
export function matmul(
  a: Float32Array,
  b: Float32Array,
  rows: number,
  columns: number,
  inner: number,
  out: Float32Array = new Float32Array(rows * columns),
): Float32Array {
  requireLength('The left matrix', a.length, rows * inner);
  requireLength('The right matrix', b.length, inner * columns);
  requireLength('The product', out.length, rows * columns);
  const sums = new Float64Array(ROW_BLOCK * columns);
  for (let m0 = 0; m0 < rows; m0 += ROW_BLOCK) {
    const block = Math.min(ROW_BLOCK, rows - m0);
    sums.fill(0);
    for (let k = 0; k < inner; k++) {
      for (let r = 0; r < block; r++) {
        const x = a[(m0 + r) * inner + k] ?? 0;
        if (x !== 0) addScaled(sums, r * columns, b, k * columns, columns, x);
      }
    }
    out.set(sums.subarray(0, block * columns), m0 * columns);
  }
  return out;
}

/** Adds `scale` times a row to a row of sums. */
function addScaled(
  sums: Float64Array,
  sumStart: number,
  row: Float32Array,
  rowStart: number,
  length: number,
  scale: number,
): void {
  for (let n = 0; n < length; n++) {
    sums[sumStart + n] = (sums[sumStart + n] ?? 0) + scale * (row[rowStart + n] ?? 0);
  }
}
