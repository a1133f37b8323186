import type { NodeId } from '../core/graph/types.js';
import type { NodeRecordOfRun, RunRecord, ZoneRecordOfRun } from './run-record.js';

/** How long a run still takes. */
export interface TimeLeft {
  readonly ms: number;
  /** Something that still has to run was never measured: it takes longer than that. */
  readonly isAtLeast: boolean;
}

/** Passes over which the length of a pass is measured: the newest ones, as later passes may do more. */
const measuredPasses = 8;

/**
 * How long a run still takes, from what was measured alone: two computed passes for a loop that goes on, parts of a
 * node's work, and for what has not begun what it took when it was last computed. Undefined while there is no such basis.
 */
export function estimateLeft(
  record: RunRecord,
  known: ReadonlyMap<NodeId, number>,
  zoneOf: (id: NodeId) => NodeId | undefined,
  now: number,
): TimeLeft | undefined {
  let ms = 0;
  let isLoopMeasured = false;
  let isAtLeast = false;
  for (const zone of record.zones.values()) {
    const left = zoneLeft(zone, now);
    if (left === undefined) return undefined;
    isLoopMeasured = true;
    ms += left;
  }
  for (const [id, node] of record.nodes) {
    const start = zoneOf(id);
    // The passes of a zone that has begun are counted with the zone.
    if (start !== undefined && record.zones.has(start)) continue;
    const left = nodeLeft(node, known.get(id), now);
    if (left !== undefined) ms += left;
    else if (isLoopMeasured) isAtLeast = true;
    else return undefined;
  }
  return { ms, isAtLeast };
}

/** What a loop still takes: as much for each open pass as for the newest that this run computed. */
function zoneLeft(
  { passes, passStarts, isOver }: ZoneRecordOfRun,
  now: number,
): number | undefined {
  if (isOver) return 0;
  const begun = passStarts.flatMap((at: number | undefined, pass) =>
    at === undefined ? [] : [{ pass, at }],
  );
  const last = begun.at(-1);
  const first = begun.at(-1 - Math.min(measuredPasses, begun.length - 1));
  if (last === undefined || first === undefined || last.pass - first.pass < 2) return undefined;
  const each = (last.at - first.at) / (last.pass - first.pass);
  const open = passes[1] - passes[0] - last.pass;
  // Of the pass under way at most one pass' time has gone: one that takes longer has no end in sight.
  return each * open - Math.min(each, now - last.at);
}

/** What a node outside a loop still takes: by its own parts once two are done, else by what it took before. */
function nodeLeft(
  { status, startedAt }: NodeRecordOfRun,
  before: number | undefined,
  now: number,
): number | undefined {
  if (status.kind === 'queued') return before;
  if (status.kind !== 'running') return 0;
  const { done, total } = status;
  const elapsed = startedAt === undefined ? 0 : now - startedAt;
  if (done >= 2 && total >= done) return (elapsed / done) * (total - done);
  return before === undefined ? undefined : Math.max(0, before - elapsed);
}
