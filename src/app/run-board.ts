import type { ErrorDetails } from '../core/errors.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { NodeRunView, ZoneRunView } from '../editor/run-view.js';
import { sayError, sayWarning } from '../ui/messages.js';
import {
  createRunRecord,
  picturesOf,
  resumedAt,
  type NodeRecordOfRun,
  type RunPicture,
  type RunRecord,
} from './run-record.js';

/**
 * What the runs of one tab told: its last run, and what earlier ones took. Its nodes are those of the flattened
 * document: a node inside a subgraph has an id such as `7/3`.
 */
export interface RunBoard {
  record: RunRecord;
  /** The document as the last run was given it. */
  document: GraphDocument | undefined;
  /** What each node took when it was last computed. */
  readonly costs: Map<NodeId, NonNullable<NodeRunView['cost']>>;
  /** Why nodes failed in the last run. */
  readonly failures: Map<NodeId, ErrorDetails>;
  readonly shownPass: Map<NodeId, number>;
  /** The pictures that were drawn last, of this run or one before; they stand in until there are others. */
  readonly lastReady: Map<NodeId, readonly RunPicture[]>;
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

/**
 * The pictures of a node at the pass that its zone shows; those of a subgraph's node are of the last node inside
 * that has some, a finished one before one that went from pass to pass.
 */
export function boardPictures(
  { record, shownPass }: RunBoard,
  id: NodeId,
  zoneStartOf: (id: NodeId) => NodeId | undefined,
): readonly RunPicture[] {
  const shown = record.nodes.has(id) ? id : innerPictured(record, id);
  const start = zoneStartOf(shown);
  return picturesOf(
    record.nodes.get(shown),
    start === undefined ? undefined : shownPass.get(start),
  );
}

function innerPictured({ nodes }: RunRecord, id: NodeId): NodeId {
  const inner = insideOf(nodes, id).filter(([, { pictures }]) => pictures.size > 0);
  const [chosen] = inner.findLast(([, { pictures }]) => pictures.has(-1)) ?? inner.at(-1) ?? [id];
  return chosen;
}

/** What the board says of a node, pictures and problems aside; a subgraph's node sums up those inside it. */
export function boardNode(
  { record, failures, costs }: RunBoard,
  id: NodeId,
): Pick<NodeRunView, 'status' | 'warnings' | 'cost'> {
  const node = record.nodes.get(id) ?? sumOf(insideOf(record.nodes, id));
  const failure = failures.get(id) ?? insideOf(failures, id)[0]?.[1];
  const cost = node?.isComputed === true ? costOf(node) : (costs.get(id) ?? innerCost(costs, id));
  return {
    status: failure === undefined ? node?.status : { kind: 'failed', reason: sayError(failure) },
    warnings: [...new Set(node?.warnings.map(sayWarning))],
    ...(cost && { cost }),
  };
}

type Cost = NonNullable<NodeRunView['cost']>;

function costOf({ elapsedMs, byteLength, times }: Cost): Cost {
  return { elapsedMs, byteLength, times };
}

function innerCost(costs: RunBoard['costs'], id: NodeId): Cost | undefined {
  const inner = insideOf(costs, id);
  return inner.length === 0 ? undefined : totalOf(inner);
}

/** Time and bytes added up; executed as often as the node that did so most. */
function totalOf(parts: readonly (readonly [NodeId, Cost])[]): Cost {
  const sum = (of: (cost: Cost) => number) =>
    parts.reduce((total, [, cost]) => total + of(cost), 0);
  return {
    elapsedMs: sum(({ elapsedMs }) => elapsedMs),
    byteLength: sum(({ byteLength }) => byteLength),
    times: Math.max(...parts.map(([, { times }]) => times)),
  };
}

/** What is told of the nodes inside a subgraph's node, at any depth. */
function insideOf<Told>(
  told: ReadonlyMap<NodeId, Told>,
  id: NodeId,
): readonly (readonly [NodeId, Told])[] {
  const prefix = `${id}/`;
  return [...told].filter(([at]) => at.startsWith(prefix));
}

const statusRank = ['failed', 'running', 'queued', 'done', 'cached'] as const;

function sumOf(
  parts: readonly (readonly [NodeId, NodeRecordOfRun])[],
): Omit<NodeRecordOfRun, 'pictures'> | undefined {
  const inner = parts.map(([, node]) => node);
  const [first] = inner;
  if (first === undefined) return undefined;
  const total = totalOf(parts);
  const kind = statusRank.find((rank) => inner.some(({ status }) => status.kind === rank));
  const leading = inner.find(({ status }) => status.kind === kind)?.status ?? first.status;
  return {
    ...total,
    startedAt: inner.find(({ status }) => status.kind === 'running')?.startedAt,
    status: leading.kind === 'done' ? { kind: 'done', elapsedMs: total.elapsedMs } : leading,
    isComputed: inner.some(({ isComputed }) => isComputed),
    kept: Math.max(...inner.map(({ kept }) => kept)),
    warnings: inner.flatMap(({ warnings }) => warnings),
  };
}

/** What the board says of a zone. */
export function boardZone({ record, shownPass }: RunBoard, start: NodeId): ZoneRunView | undefined {
  const zone = record.zones.get(start);
  if (zone === undefined) return undefined;
  const resumed = resumedAt(zone);
  const { passes } = zone;
  // A pass that has begun comes after all that were kept, before it shows anything.
  const finished = Math.max(zone.finished, resumed ? resumed.at - passes[0] : 0);
  return { passes, finished, shown: shownPass.get(start), ...(resumed && { resumed }) };
}
