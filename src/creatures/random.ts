/** A seeded stream of random numbers; the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  readonly next: () => number;
  /** Uniform in [low, high). */
  readonly range: (low: number, high: number) => number;
  /** A whole number in 0..count - 1. */
  readonly below: (count: number) => number;
  /** One entry of `choices`, each as likely as the others. */
  readonly pick: <T>(choices: readonly T[]) => T;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
}

/**
 * Starts a stream (sfc32, 32-bit integer arithmetic only). `stream` tells apart streams of one seed, so
 * that drawing more numbers in one of them leaves the others as they were.
 * @throws RangeError when `seed` is not a whole number in 0..2⁵³ - 1.
 */
export function createRandom(seed: number, stream = 0): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`A seed is a whole number from 0 to 2^53 - 1, not ${String(seed)}.`);
  }
  let a = seed >>> 0;
  let b = Math.floor(seed / 4294967296) >>> 0;
  let c = stream >>> 0;
  let counter = 1;
  const nextInteger = (): number => {
    const sum = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  // The first outputs still show the seed; sfc32 is mixed after a dozen rounds.
  for (let round = 0; round < 16; round++) nextInteger();
  const next = (): number => nextInteger() / 4294967296;
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    range: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new RangeError('There is nothing to choose from.');
      return choice;
    },
  };
}
