/** How many different values a tensor has: all of them exact in half precision, so that every file holds the same numbers. */
const LEVELS = 2048;

/** The values that a tensor's random indices choose from, and their half-precision bits. */
export interface Palette {
  readonly floats: Float32Array;
  readonly halves: Uint16Array;
}

/**
 * Values for a tensor so that signals neither vanish nor grow: gains around 1, small offsets, and weights uniform within a power of
 * two near `sqrt(3 / inputs)`.
 */
export function paletteOf(key: string, shape: readonly number[]): Palette {
  const isNorm = key.includes('norm');
  const isVector = shape.length === 1;
  const inputs = shape.slice(1).reduce((product, side) => product * side, 1);
  const reach = isVector
    ? 2 ** -6
    : key.endsWith('embedding.weight')
      ? 2 ** -5
      : 2 ** Math.round(Math.log2(Math.sqrt(3 / inputs)));
  const isGain = isNorm && key.endsWith('.weight');
  const floats = Float32Array.from({ length: LEVELS }, (_unused, index) => {
    const centred = index - LEVELS / 2;
    return isGain ? 1 + Math.trunc(centred / 8) / 1024 : (centred * reach * 2) / LEVELS;
  });
  return { floats, halves: Uint16Array.from(floats, halfBits) };
}

/** Fills `target` with indices of a palette; the sequence depends on `seed` alone. */
export function randomIndices(seed: number): (target: Uint16Array) => void {
  let state = seed | 1;
  return (target) => {
    for (let i = 0; i < target.length; i++) {
      // Marsaglia's xorshift32.
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      target[i] = (state >>> 8) % LEVELS;
    }
  };
}

/** A seed from a key: FNV-1a. */
export function seedOf(key: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function halfBits(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  const sign = value < 0 ? 0x8000 : 0;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = Math.round(size * 2 ** (10 - exponent));
  return sign | (steps + (exponent + 14) * 1024);
}
