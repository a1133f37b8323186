// Whole words with a sign: the engine then multiplies and adds integers all the way.
const MULTIPLIER_0 = 0xd2511f53 | 0;
const MULTIPLIER_1 = 0xcd9e8d57 | 0;
const KEY_STEP_0 = 0x9e3779b9 | 0;
const KEY_STEP_1 = 0xbb67ae85 | 0;
const ROUNDS = 10;
const TWO_TO_MINUS_32 = 2 ** -32;
/** 2 pi as a float32, which is what the generator multiplies by. */
const TWO_PI = Math.fround(2 * Math.PI);

/** Four 32-bit words. */
export type Words = readonly [number, number, number, number];

/** The upper 32 bits of the product of two 32-bit words, whatever their sign. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0;
  const cross = (Math.imul(aLow, bHigh) + (middle & 0xffff)) >>> 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}

/** Puts one block of Philox4x32-10 into `out`, without making an object: noise takes millions of blocks. */
function writeBlock(
  out: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let [c0, c1, c2, c3, k0, k1] = [counter0, counter1, counter2, counter3, key0, key1];
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + KEY_STEP_0) | 0;
    k1 = (k1 + KEY_STEP_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** One block of Philox4x32-10 (Salmon et al. 2011): four random words from a counter and a key. */
export function philox(counter: Words, key: readonly [number, number]): Words {
  const out = new Uint32Array(4);
  writeBlock(out, ...counter, ...key);
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0] = out;
  return [g0, g1, g2, g3];
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
  const [key0, key1] = philoxKey(seed);
  const values = new Float32Array(count);
  const block = new Uint32Array(4);
  for (let j = 0; j < count; j++) {
    writeBlock(block, call, 0, j, 0, key0, key1);
    const u = (block[0] ?? 0) * TWO_TO_MINUS_32 + TWO_TO_MINUS_32 / 2;
    const v = ((block[1] ?? 0) * TWO_TO_MINUS_32 + TWO_TO_MINUS_32 / 2) * TWO_PI;
    values[j] = Math.sqrt(-2 * Math.log(u)) * Math.sin(v);
  }
  return values;
}
