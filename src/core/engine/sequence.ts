/**
 * A value with one slice a pass. Inside a denoise zone a node receives `at(pass)` in its place, and its
 * signature holds the slice's key alone, so an edit that first matters at pass 40 restarts at pass 40.
 */
export interface Sequence<T = unknown> {
  readonly isSequence: true;
  /** First pass that has a slice. */
  readonly first: number;
  /** One past the last pass that has a slice. */
  readonly end: number;
  /** The slice of a pass. @throws AppError `input/invalid` when the pass is outside `first..end-1`. */
  at(pass: number): T;
  /** Content key of a slice; without it the key is the source's signature and the pass number. */
  keyAt?(pass: number): string;
}

/** Whether `value` is sliced by a zone. */
export function isSequence(value: unknown): value is Sequence {
  return (
    typeof value === 'object' &&
    value !== null &&
    'isSequence' in value &&
    value.isSequence === true
  );
}
