import type { Warning } from '../core/memory-step.js';
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
  /** When it last began. */
  startedAt: number | undefined;
  elapsedMs: number;
  isComputed: boolean;
  /** Bytes of the newest outputs that were computed. */
  byteLength: number;
  /** How often it executed, and how many of its passes were kept from before. */
  times: number;
  kept: number;
  warnings: readonly Warning[];
  /** By pass; -1 for nodes outside zones. */
  readonly pictures: Map<number, readonly RunPicture[]>;
}

/** What a run told of a zone. */
export interface ZoneRecordOfRun {
  readonly passes: readonly [first: number, end: number];
  /** Passes begun so far, the current one included only when its body gave a picture or finished. */
  finished: number;
  /** When each pass that was really computed began, by its place among the passes; kept passes are holes. */
  readonly passStarts: number[];
  /** Its last pass has ended. */
  isOver: boolean;
}

/** How far a run is in a zone. */
export interface ZoneReach {
  /** The pass under way; infinite when the last one has ended. */
  readonly pass: number;
  /** Passes that this run has computed to their end. */
  readonly computed: number;
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
      node.startedAt = now;
      closeZones(record, zone?.start);
      if (zone && event.passes) openZone(record, zone.start, event.passes, event.pass, now);
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
      node.byteLength = event.byteLength;
      node.times += 1;
      finish(record, node, zone, event);
      return;
    case 'execution-cached':
      if (event.pass !== undefined) node.kept += 1;
      finish(record, node, zone, event);
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

/** A zone whose last pass was reached has ended as soon as something outside it begins. */
function closeZones({ zones }: RunRecord, current: NodeId | undefined): void {
  for (const [start, zone] of zones) {
    if (start !== current && zone.finished === zone.passes[1] - zone.passes[0]) zone.isOver = true;
  }
}

function waiting(): NodeRecordOfRun {
  return {
    status: { kind: 'queued' },
    startedAt: undefined,
    elapsedMs: 0,
    isComputed: false,
    byteLength: 0,
    times: 0,
    kept: 0,
    warnings: [],
    pictures: new Map(),
  };
}

function openZone(
  record: RunRecord,
  start: NodeId,
  passes: readonly [number, number],
  pass: number | undefined,
  now: number,
): void {
  const zone = record.zones.get(start) ?? { passes, finished: 0, passStarts: [], isOver: false };
  record.zones.set(start, zone);
  if (pass !== undefined) zone.passStarts[pass - passes[0]] ??= now;
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
): void {
  if (event.pictures.length > 0) {
    node.pictures.set(
      event.pass ?? -1,
      event.pictures.map((shown) => ({ ...shown, isPreview: false })),
    );
  }
  const told = new Set(node.warnings.map((warning) => JSON.stringify(warning)));
  const fresh = event.warnings.filter((warning) => !told.has(JSON.stringify(warning)));
  if (fresh.length > 0) node.warnings = [...node.warnings, ...fresh];
  reachPass(record, zone, event.pass);
  const run = zone && record.zones.get(zone.start);
  const isLast = event.pass === undefined || !run || event.pass === run.passes[1] - 1;
  if (isLast) {
    node.status = node.isComputed ? doneStatus(node) : { kind: 'cached' };
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
    else node.status = doneStatus(node);
  }
}

function doneStatus({ elapsedMs, kept, times }: NodeRecordOfRun): NodeStatus {
  const resumed = kept > 0 && times > 0 ? { kept, passes: kept + times } : undefined;
  return { kind: 'done', elapsedMs, ...(resumed && { resumed }) };
}

/**
 * Where a zone went on from passes that were kept: the first pass that was computed, and the share of the passes
 * that were not computed again. Undefined when it began at its first pass, or computed nothing.
 */
export function resumedAt({
  passes: [first, end],
  passStarts,
}: ZoneRecordOfRun): { readonly at: number; readonly saved: number } | undefined {
  // Passes before the first computed one are holes of the array.
  const at = passStarts.findIndex((begun: number | undefined) => begun !== undefined);
  return at > 0 ? { at: first + at, saved: at / (end - first) } : undefined;
}

/** How far a run is in the zone with that start; undefined before it begins there. */
export function reachOf({ zones }: RunRecord, start: NodeId): ZoneReach | undefined {
  const zone = zones.get(start);
  if (!zone) return undefined;
  const { passes, finished, passStarts, isOver } = zone;
  const begun = passStarts.filter((at: number | undefined) => at !== undefined).length;
  if (isOver) return { pass: Infinity, computed: begun };
  const under = Math.max(passStarts.length - 1, begun === 0 ? finished : 0);
  return { pass: passes[0] + under, computed: Math.max(0, begun - 1) };
}
