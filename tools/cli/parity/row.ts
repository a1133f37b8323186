/** One comparison with a recorded value. */
export interface Row {
  readonly name: string;
  /** Largest difference: divided by the largest recorded value, or as it is. */
  readonly error: number;
  readonly kind: 'relative' | 'absolute';
  readonly tolerance: number;
  readonly passed: boolean;
}

type Values = ArrayLike<number>;

function largestDifference(found: Values, expected: Values): number {
  if (found.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN));
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

function largestMagnitude(values: Values): number {
  return Array.from(values).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** Largest difference over the largest recorded magnitude. */
export function relativeRow(name: string, found: Values, expected: Values, tolerance: number): Row {
  const error = largestDifference(found, expected) / (largestMagnitude(expected) || 1);
  return { name, error, kind: 'relative', tolerance, passed: error <= tolerance };
}

/** Largest difference; tolerance 0 asks for equality. */
export function absoluteRow(name: string, found: Values, expected: Values, tolerance: number): Row {
  const error = largestDifference(found, expected);
  return { name, error, kind: 'absolute', tolerance, passed: error <= tolerance };
}
