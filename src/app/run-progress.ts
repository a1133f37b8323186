import type { NodeId } from '../core/graph/types.js';
import type { RunRecord } from './run-record.js';

/** How far a run is, in words and as a share. */
export interface RunProgressReport {
  readonly share: number;
  readonly text: string;
  readonly left: string;
}

/**
 * How far a run is. Each node weighs what it took last time, or as much as the mean of those known. Time left is
 * told only from what was measured: after two computed passes for a loop, or when every open node is known.
 */
export function reportProgress(
  record: RunRecord,
  known: ReadonlyMap<NodeId, number>,
  titleOf: (id: NodeId) => string,
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
    left: timeLeft(record, known, now),
  };
}

function shareOf(status: { kind: string; done?: number; total?: number }): number {
  if (status.kind === 'done' || status.kind === 'cached') return 1;
  if (status.kind !== 'running' || !status.total) return 0;
  return (status.done ?? 0) / status.total;
}

function wordsFor(record: RunRecord, titleOf: (id: NodeId) => string): string {
  const { current } = record;
  if (!current) return 'Starting';
  const status = record.nodes.get(current.node)?.status;
  if (status?.kind === 'running' && status.total > 0) {
    const count = `${String(status.done)}/${String(status.total)}`;
    return status.isPass ? `Pass ${count}` : `${titleOf(current.node)} ${count}`;
  }
  return titleOf(current.node);
}

function timeLeft(record: RunRecord, known: ReadonlyMap<NodeId, number>, now: number): string {
  let left = 0;
  for (const zone of record.zones.values()) {
    const ends = zone.passEnds.filter((end) => end > 0);
    const computed = ends.length;
    const open = zone.passes[1] - zone.passes[0] - zone.finished;
    if (open <= 0) continue;
    const first = ends[0];
    const last = ends[computed - 1];
    if (computed < 2 || first === undefined || last === undefined) return '';
    left += ((last - first) / (computed - 1)) * (open + 1) - (now - last);
  }
  for (const [id, node] of record.nodes) {
    const { status } = node;
    if (status.kind === 'queued') {
      const before = known.get(id);
      if (before === undefined && record.zones.size === 0) return '';
      left += before ?? 0;
    } else if (status.kind === 'running' && !status.isPass) {
      left += (known.get(id) ?? 0) * (1 - shareOf(status));
    }
  }
  return left > 500 ? `about ${inWords(left)} left` : '';
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${String(seconds)} s`;
  return `${String(Math.round(seconds / 60))} min`;
}
