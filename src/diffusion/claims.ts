/** Counts claims on a value that starts with one; `onFree` runs once, with the last. */
export function countClaims(onFree: () => void): {
  readonly add: () => void;
  readonly give: () => void;
  readonly isFree: () => boolean;
} {
  let claims = 1;
  return {
    add: () => {
      claims += 1;
    },
    give: () => {
      claims -= 1;
      if (claims === 0) onFree();
    },
    isFree: () => claims <= 0,
  };
}

/** Runs tasks one after the other in the order of the calls; a task that fails does not stop the next. */
export function createQueue(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task, task);
    last = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  };
}
