import type { UnetWorkReport } from './messages.js';

/** U-Net work as it grows, with the share of a forward that each pair did twice. */
export type WorkCount = Omit<UnetWorkReport, 'forwardEquivalents'>;

/** What was done between two counts; the share is the later one's. method.md 12. */
export function workBetween(
  before: Pick<WorkCount, 'sampleForwards' | 'pairs'>,
  after: WorkCount,
): UnetWorkReport {
  const sampleForwards = after.sampleForwards - before.sampleForwards;
  const pairs = after.pairs - before.pairs;
  const { forkShare } = after;
  return {
    sampleForwards,
    pairs,
    forkShare,
    forwardEquivalents: sampleForwards + pairs * forkShare,
  };
}
