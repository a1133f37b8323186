import type { GraphDocument } from '../../src/core/graph/types.js';
import { FaultyThread } from './harness.js';

/** What a long session left behind. */
export interface LeakReport {
  readonly runs: number;
  readonly aborts: number;
  /** Of the aborts, those that reached the run before its end. */
  readonly interrupted: number;
  /** Tensors made in the whole session. */
  readonly tensors: number;
  /** The most tensors and claims left after any one run, once its cache was given up. */
  readonly left: number;
  /** Tensors and claims left when the thread was closed. */
  readonly leftAtEnd: number;
  /** Timers, ports and other things that keep a process awake, before and after. */
  readonly resources: readonly [number, number];
}

/** Runs a document `times` times whole and `times` times to a place spread over the run, in one thread. */
export async function lookForLeaks(document: GraphDocument, times: number): Promise<LeakReport> {
  const before = process.getActiveResourcesInfo().length;
  const thread = new FaultyThread();
  let [left, interrupted] = [0, 0];
  for (let i = 0; i < times; i++) {
    const whole = await thread.run(document);
    if (whole.outcome !== 'success') throw new Error(`Run ${String(i + 1)}: ${whole.outcome}`);
    const replies = thread.replies.length;
    left = Math.max(left, await thread.shed());
    const stopAt = 1 + Math.floor((i * (replies - 1)) / times);
    const { outcome } = await thread.abort(document, stopAt);
    if (outcome === 'interrupted') interrupted++;
    left = Math.max(left, await thread.shed());
  }
  const leftAtEnd = await thread.end();
  return {
    runs: times,
    aborts: times,
    interrupted,
    tensors: thread.made.reduce((sum, { ledger }) => sum + ledger.made(), 0),
    left,
    leftAtEnd,
    resources: [before, process.getActiveResourcesInfo().length],
  };
}

/** The report as lines of a table. */
export function leakTable(report: LeakReport): string {
  const row = (name: string, value: number | string): string =>
    name.padEnd(40) + String(value).padStart(10);
  return [
    row('runs', report.runs),
    row('aborts', report.aborts),
    row('  that came before the end', report.interrupted),
    row('tensors made', report.tensors),
    row('tensors, claims left after a run, at most', report.left),
    row('tensors, claims left at the end', report.leftAtEnd),
    row('process resources before, after', report.resources.join(', ')),
  ].join('\n');
}

/** Whether a session left anything behind. */
export function hasLeaked({ left, leftAtEnd, resources: [before, after] }: LeakReport): boolean {
  return left > 0 || leftAtEnd > 0 || after > before;
}
