/**
 * Runs a task at once, and then at most once every `intervalMs`; calls in between are made up for by one call at
 * the end of the interval.
 */
export function throttle(task: () => void, intervalMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const run = (): void => {
    isWanted = false;
    task();
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) run();
    }, intervalMs);
  };
  return () => {
    if (timer === undefined) run();
    else isWanted = true;
  };
}
