const HALF_TURN = 3.141592653589793;

/**
 * Sine by additions and multiplications alone (Taylor's series to x¹³ after reduction to a quarter turn,
 * error below 1e-9), because engines may round `Math.sin` differently and pictures must not.
 */
export function sine(angle: number): number {
  const halfTurns = Math.round(angle / HALF_TURN);
  const x = angle - halfTurns * HALF_TURN;
  const s = x * x;
  const value =
    x *
    (1 -
      (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - s / 156))))));
  return halfTurns % 2 === 0 ? value : -value;
}

/** Cosine, with the promise of {@link sine}. */
export function cosine(angle: number): number {
  return sine(angle + HALF_TURN / 2);
}

/** Degrees as radians. */
export function radians(degrees: number): number {
  return (degrees * HALF_TURN) / 180;
}
