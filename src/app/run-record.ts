import type { RunEvent } from '../core/engine/events.js';
import type { NodeId } from '../core/graph/types.js';
import type { Zone } from '../core/graph/zones.js';
import type { Picture } from '../core/node/definition.js';
import type { NodeStatus } from '../editor/run-view.js';

/** A picture that a node offered or finished in a run. */
export interface RunPicture {
  readonly label: string;
  readonly picture: Picture;
  readonly isPreview: boolean;
}

/** What a run told of one node. */
export interface NodeRecordOfRun {
  status: NodeStatus;
  elapsedMs: number;
  isComputed: boolean;
  warnings: readonly string[];
  /** By pass; -1 for nodes outside zones. */
  readonly pictures: Map<number, readonly RunPicture[]>;
}

/** What a run told of a zone. */
export interface ZoneRecordOfRun {
  readonly passes: readonly [first: number, end: number];
  /** Passes begun so far, the current one included only when its body gave a picture or finished. */
  finished: number;
  readonly startedAt: number;
  /** When each pass that was really computed ended. */
  readonly passEnds: number[];
}

/** Everything that a run has told so far; filled by {@link recordEvent}. */
export interface RunRecord {
  readonly order: readonly NodeId[];
  readonly nodes: Map<NodeId, NodeRecordOfRun>;
  readonly zones: Map<NodeId, ZoneRecordOfRun>;
  /** The node that works now. */
  current: { readonly node: NodeId; readonly pass: number | undefined } | undefined;
}

/** A run that has told nothing yet. */
export function createRunRecord(order: readonly NodeId[] = []): RunRecord {
  const nodes = new Map<NodeId, NodeRecordOfRun>();
  for (const id of order) nodes.set(id, waiting());
  return { order, nodes, zones: new Map(), current: undefined };
}

/** Takes an event into the record. Events of nodes that the run did not announce are taken too. */
export function recordEvent(
  record: RunRecord,
  event: RunEvent,
  zoneOf: (id: NodeId) => Zone | undefined,
  now: number,
): void {
  if (!('nodeId' in event)) {
    if (event.type !== 'execution-start') record.current = undefined;
    if (event.type === 'execution-interrupted') forgetWaiting(record);
    return;
  }
  const node = record.nodes.get(event.nodeId) ?? waiting();
  record.nodes.set(event.nodeId, node);
  const zone = zoneOf(event.nodeId);
  switch (event.type) {
    case 'executing':
      record.current = { node: event.nodeId, pass: event.pass };
      if (zone && event.passes) openZone(record, zone.start, event.passes, now);
      node.status = runningStatus(record, zone, event.pass, 0, 0);
      return;
    case 'progress':
      node.status = runningStatus(record, zone, event.pass, event.done, event.total);
      return;
    case 'preview':
      node.pictures.set(event.pass ?? -1, [
        { label: 'preview', picture: event.picture, isPreview: true },
      ]);
      reachPass(record, zone, event.pass);
      return;
    case 'executed':
      node.elapsedMs += event.elapsedMs;
      node.isComputed = true;
      finish(record, node, zone, event, now);
      return;
    case 'execution-cached':
      finish(record, node, zone, event, now);
      return;
    case 'execution-error':
      node.status = { kind: 'failed', reason: '' };
  }
}

/** The pictures of a node: those of the pass that is asked for, else the newest. */
export function picturesOf(
  node: NodeRecordOfRun | undefined,
  shown: number | undefined,
): readonly RunPicture[] {
  if (!node) return [];
  const outside = node.pictures.get(-1);
  if (outside) return outside;
  if (shown !== undefined) return node.pictures.get(shown) ?? [];
  let newest = -1;
  for (const pass of node.pictures.keys()) newest = Math.max(newest, pass);
  return node.pictures.get(newest) ?? [];
}

function waiting(): NodeRecordOfRun {
  return {
    status: { kind: 'queued' },
    elapsedMs: 0,
    isComputed: false,
    warnings: [],
    pictures: new Map(),
  };
}

function openZone(
  record: RunRecord,
  start: NodeId,
  passes: readonly [number, number],
  now: number,
): void {
  if (!record.zones.has(start)) {
    record.zones.set(start, { passes, finished: 0, startedAt: now, passEnds: [] });
  }
}

/** Inside a zone the passes count; outside, the node's own parts. */
function runningStatus(
  record: RunRecord,
  zone: Zone | undefined,
  pass: number | undefined,
  done: number,
  total: number,
): NodeStatus {
  const passes = zone && record.zones.get(zone.start)?.passes;
  if (pass === undefined || !passes) return { kind: 'running', done, total, isPass: false };
  const [first, end] = passes;
  return { kind: 'running', done: pass - first + 1, total: end - first, isPass: true };
}

function finish(
  record: RunRecord,
  node: NodeRecordOfRun,
  zone: Zone | undefined,
  event: Extract<RunEvent, { type: 'executed' | 'execution-cached' }>,
  now: number,
): void {
  if (event.pictures.length > 0) {
    node.pictures.set(
      event.pass ?? -1,
      event.pictures.map((shown) => ({ ...shown, isPreview: false })),
    );
  }
  node.warnings = [...new Set([...node.warnings, ...event.warnings])];
  reachPass(record, zone, event.pass);
  const run = zone && record.zones.get(zone.start);
  const isLast = event.pass === undefined || !run || event.pass === run.passes[1] - 1;
  if (run && event.pass !== undefined && event.type === 'executed') {
    // The last node of a pass to finish sets the pass's end.
    run.passEnds[event.pass - run.passes[0]] = now;
  }
  if (isLast) {
    node.status = node.isComputed
      ? { kind: 'done', elapsedMs: node.elapsedMs }
      : { kind: 'cached' };
  } else {
    node.status = runningStatus(record, zone, event.pass, 0, 0);
  }
}

function reachPass(record: RunRecord, zone: Zone | undefined, pass: number | undefined): void {
  const run = zone && record.zones.get(zone.start);
  if (run && pass !== undefined) run.finished = Math.max(run.finished, pass - run.passes[0] + 1);
}

/** After a cancel nothing is queued or running any more; what was computed stays visible. */
function forgetWaiting(record: RunRecord): void {
  for (const [id, node] of record.nodes) {
    const { kind } = node.status;
    if (kind !== 'queued' && kind !== 'running') continue;
    if (node.pictures.size === 0 && !node.isComputed) record.nodes.delete(id);
    else node.status = { kind: 'done', elapsedMs: node.elapsedMs };
  }
}
