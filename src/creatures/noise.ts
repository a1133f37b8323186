/** A number in [0, 1) that belongs to the lattice point (x, y); 32-bit integer hashing, equal everywhere. */
export function latticeNoise(x: number, y: number, seed: number): number {
  let h = (Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ seed) | 0;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** Smooth noise in [0, 1): lattice noise, blended between the four corners around (x, y). */
export function valueNoise(x: number, y: number, seed: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const [sx, sy] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)];
  const a = latticeNoise(left, top, seed);
  const b = latticeNoise(left + 1, top, seed);
  const c = latticeNoise(left, top + 1, seed);
  const d = latticeNoise(left + 1, top + 1, seed);
  const upper = a + (b - a) * sx;
  return upper + (c + (d - c) * sx - upper) * sy;
}
