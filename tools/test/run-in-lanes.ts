import type { Step } from './steps.js';

/**
 * Runs all steps, at most `lanes` at a time, each as soon as a lane is free and the step that it comes after has
 * ended. `run` is told whether that one passed and which lane (0 to `lanes` − 1) is its own, and answers whether this
 * one passed.
 */
export async function runInLanes(
  steps: readonly Step[],
  lanes: number,
  run: (step: Step, couldStart: boolean, lane: number) => Promise<boolean>,
): Promise<void> {
  const waiting = [...steps];
  const ended = new Map<string, boolean>();
  const running = new Set<Promise<void>>();
  const free = Array.from({ length: lanes }, (_none, lane) => lane);

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(({ after }) => after === undefined || ended.has(after));
    const [step] = next >= 0 && free.length > 0 ? waiting.splice(next, 1) : [];
    if (step === undefined) {
      if (running.size === 0) throw new Error('The remaining steps wait for steps not listed.');
      await Promise.race(running);
      continue;
    }
    const couldStart = step.after === undefined || ended.get(step.after) === true;
    const lane = free.shift() ?? 0;
    const done = run(step, couldStart, lane).then((hasPassed) => {
      ended.set(step.script, hasPassed);
      running.delete(done);
      free.push(lane);
    });
    running.add(done);
  }
}
