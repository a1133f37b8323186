import type { ErrorDetails } from '../core/errors.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { NodePicture, NodeRunView, ZoneRunView } from '../editor/run-view.js';
import { sayError } from '../ui/messages.js';
import {
  createRunRecord,
  picturesOf,
  resumedAt,
  type NodeRecordOfRun,
  type RunPicture,
  type RunRecord,
} from './run-record.js';

/** What the runs of one tab told: its last run, and what earlier ones took. */
export interface RunBoard {
  record: RunRecord;
  /** The document as the last run was given it. */
  document: GraphDocument | undefined;
  /** What each node took when it was last computed. */
  readonly costs: Map<NodeId, NonNullable<NodeRunView['cost']>>;
  /** Why nodes failed in the last run. */
  readonly failures: Map<NodeId, ErrorDetails>;
  readonly shownPass: Map<NodeId, number>;
  readonly lastReady: Map<NodeId, readonly NodePicture[]>;
}

/** A board on which nothing ever ran. */
export function createRunBoard(): RunBoard {
  return {
    record: createRunRecord(),
    document: undefined,
    costs: new Map(),
    failures: new Map(),
    shownPass: new Map(),
    lastReady: new Map(),
  };
}

/** Clears what a new run writes anew; costs of earlier runs stay. */
export function openBoard(board: RunBoard, document: GraphDocument): void {
  board.document = document;
  board.record = createRunRecord();
  board.failures.clear();
  board.shownPass.clear();
}

/** Takes what the nodes took into the costs, and what still waited out of the record. */
export function closeBoard({ record, costs }: RunBoard): void {
  for (const [id, node] of record.nodes) {
    const { elapsedMs, byteLength, times } = node;
    if (node.isComputed) costs.set(id, { elapsedMs, byteLength, times });
    const { kind } = node.status;
    if (kind === 'queued' || kind === 'running') record.nodes.delete(id);
  }
}

/** The pictures of a node at the pass that its zone shows. */
export function boardPictures(
  { record, shownPass }: RunBoard,
  id: NodeId,
  zoneStart: NodeId | undefined,
): readonly RunPicture[] {
  return picturesOf(
    record.nodes.get(id),
    zoneStart === undefined ? undefined : shownPass.get(zoneStart),
  );
}

/** What the board says of a node, pictures and problems aside. */
export function boardNode(
  { record, failures, costs }: RunBoard,
  id: NodeId,
): Pick<NodeRunView, 'status' | 'warnings' | 'cost'> {
  const node = record.nodes.get(id) ?? innerNode(record, id);
  const failure = failures.get(id);
  const cost = node?.isComputed === true ? costOf(node) : costs.get(id);
  return {
    status: failure === undefined ? node?.status : { kind: 'failed', reason: sayError(failure) },
    warnings: node?.warnings ?? [],
    ...(cost && { cost }),
  };
}

function costOf({
  elapsedMs,
  byteLength,
  times,
}: NodeRecordOfRun): NonNullable<NodeRunView['cost']> {
  return { elapsedMs, byteLength, times };
}

const statusRank = ['failed', 'running', 'queued', 'done', 'cached'] as const;

/** A subgraph's node sums up those inside it, whose ids begin with its own. */
function innerNode({ nodes }: RunRecord, id: NodeId): NodeRecordOfRun | undefined {
  const inner = [...nodes].flatMap(([at, node]) => (at.startsWith(`${id}/`) ? [node] : []));
  const [first] = inner;
  if (first === undefined) return undefined;
  const sum = (of: (node: NodeRecordOfRun) => number) =>
    inner.reduce((total, node) => total + of(node), 0);
  const elapsedMs = sum((node) => node.elapsedMs);
  const kind = statusRank.find((rank) => inner.some(({ status }) => status.kind === rank));
  const leading = inner.find(({ status }) => status.kind === kind)?.status ?? first.status;
  return {
    startedAt: inner.find(({ status }) => status.kind === 'running')?.startedAt,
    status: leading.kind === 'done' ? { kind: 'done', elapsedMs } : leading,
    elapsedMs,
    isComputed: inner.some(({ isComputed }) => isComputed),
    byteLength: sum(({ byteLength }) => byteLength),
    times: Math.max(...inner.map(({ times }) => times)),
    kept: Math.max(...inner.map(({ kept }) => kept)),
    warnings: [...new Set(inner.flatMap(({ warnings }) => warnings))],
    pictures: (inner.findLast(({ pictures }) => pictures.size > 0) ?? first).pictures,
  };
}

/** What the board says of a zone. */
export function boardZone({ record, shownPass }: RunBoard, start: NodeId): ZoneRunView | undefined {
  const zone = record.zones.get(start);
  if (zone === undefined) return undefined;
  const resumed = resumedAt(zone);
  const { passes, finished } = zone;
  return { passes, finished, shown: shownPass.get(start), ...(resumed && { resumed }) };
}
