/**
 * The pass to look at when `step` is asked of a branch of so many passes: that one, or the last when it was never run, which is told
 * through `warn`.
 */
export function passToLookAt(
  step: number,
  passes: number,
  warn?: (message: string) => void,
): number {
  if (step < passes) return step;
  const last = passes - 1;
  warn?.(
    `A branch has ${String(passes)} passes, so pass ${String(step)} was not run. The last one is looked at; set step to ${String(last)} or less.`,
  );
  return last;
}
