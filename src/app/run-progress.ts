import type { NodeId } from '../core/graph/types.js';
import { texts } from '../texts/texts.js';
import { estimateLeft, type TimeLeft } from './run-estimate.js';
import type { RunRecord } from './run-record.js';

/** How far a run is, in words and as a share. */
export interface RunProgressReport {
  readonly share: number;
  readonly text: string;
  readonly left: string;
}

/**
 * How far a run is. Each node weighs what it took last time, or as much as the mean of those known. Time left is
 * told only from what was measured; see `estimateLeft`.
 */
export function reportProgress(
  record: RunRecord,
  known: ReadonlyMap<NodeId, number>,
  titleOf: (id: NodeId) => string,
  zoneOf: (id: NodeId) => NodeId | undefined,
  now: number,
): RunProgressReport {
  const times = [...known.values()];
  const mean = times.length > 0 ? times.reduce((sum, ms) => sum + ms, 0) / times.length : 1;
  let total = 0;
  let done = 0;
  for (const [id, node] of record.nodes) {
    const weight = node.status.kind === 'cached' ? 0 : Math.max(1e-3, known.get(id) ?? mean);
    total += weight;
    done += weight * shareOf(node.status);
  }
  return {
    share: total > 0 ? Math.min(1, done / total) : 0,
    text: wordsFor(record, titleOf),
    left: leftInWords(estimateLeft(record, known, zoneOf, now)),
  };
}

function shareOf(status: { kind: string; done?: number; total?: number }): number {
  if (status.kind === 'done' || status.kind === 'cached') return 1;
  if (status.kind !== 'running' || !status.total) return 0;
  return (status.done ?? 0) / status.total;
}

function wordsFor(record: RunRecord, titleOf: (id: NodeId) => string): string {
  const { current } = record;
  const words = texts().running.progress;
  if (!current) return words.starting;
  const status = record.nodes.get(current.node)?.status;
  if (status?.kind === 'running' && status.total > 0) {
    const { done, total, isPass } = status;
    return isPass ? words.pass(done, total) : words.part(titleOf(current.node), done, total);
  }
  return titleOf(current.node);
}

function leftInWords(left: TimeLeft | undefined): string {
  if (left === undefined || left.ms <= 500) return '';
  const words = texts().running.progress;
  const seconds = Math.ceil(left.ms / 1000);
  const time =
    seconds < 90 ? words.seconds(seconds) : words.minutes(Math.max(1, Math.round(seconds / 60)));
  return left.isAtLeast ? words.atLeast(time) : words.left(time);
}
