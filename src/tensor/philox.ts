const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const KEY_STEPS = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;
const TWO_TO_MINUS_32 = 2 ** -32;
/** 2 pi as a float32, which is what the generator multiplies by. */
const TWO_PI = Math.fround(2 * Math.PI);

/** Four 32-bit words. */
export type Words = readonly [number, number, number, number];

/** The upper 32 bits of the product of two 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) >>> 0;
}

/** One block of Philox4x32-10 (Salmon et al. 2011): four random words from a counter and a key. */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIERS[0], c0);
    const low0 = Math.imul(MULTIPLIERS[0], c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIERS[1], c2);
    const low1 = Math.imul(MULTIPLIERS[1], c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + KEY_STEPS[0]) >>> 0;
    k1 = (k1 + KEY_STEPS[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The two key words of a seed. @throws RangeError when the seed is not in 0..2^64-1. */
export function philoxKey(seed: bigint): readonly [number, number] {
  if (seed < 0n || seed >= 1n << 64n) {
    throw new RangeError(`A seed lies in 0..2^64-1; ${String(seed)} does not.`);
  }
  return [Number(seed & 0xffffffffn), Number(seed >> 32n)];
}

/**
 * `count` standard normal values, those that torch's CUDA generator gives for the `call`-th draw after
 * seeding when the tensor fits one grid pass: element j uses counter (call, 0, j, 0). method.md 11.6.
 */
export function gaussian(seed: bigint, call: number, count: number): Float32Array {
  const key = philoxKey(seed);
  const values = new Float32Array(count);
  for (let j = 0; j < count; j++) {
    const [g0, g1] = philox([call, 0, j, 0], key);
    const u = g0 * TWO_TO_MINUS_32 + TWO_TO_MINUS_32 / 2;
    const v = (g1 * TWO_TO_MINUS_32 + TWO_TO_MINUS_32 / 2) * TWO_PI;
    values[j] = Math.sqrt(-2 * Math.log(u)) * Math.sin(v);
  }
  return values;
}
