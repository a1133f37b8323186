import type { RunEvent } from '../core/engine/events.js';
import type { ErrorDetails } from '../core/errors.js';
import { flatId } from '../core/graph/flat-places.js';
import { flatten } from '../core/graph/flatten.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { Zone } from '../core/graph/zones.js';
import type { Picture } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { RunView } from '../editor/run-view.js';
import { texts } from '../texts/texts.js';
import { sayError } from '../ui/messages.js';
import type { RunClient, RunResult } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import { createBitmapCache } from './bitmaps.js';
import type { NamedPictures } from './named-pictures.js';
import {
  boardPictures,
  closeBoard,
  createRunBoard,
  openBoard,
  type RunBoard,
} from './run-board.js';
import { reportProgress } from './run-progress.js';
import { enqueue, moveQueued, withoutQueued, type QueuedRun } from './run-queue.js';
import { createRunRecord, reachOf, recordEvent, type ZoneReach } from './run-record.js';
import { createBoardView } from './run-board-view.js';
import type { Store } from './store.js';
import { wholeGraph } from './whole-graph.js';
import { throttle } from './throttle.js';
import { zoneEstimate } from './zone-estimate.js';
import { flatTitle } from './view-models.js';

/** How a run is asked for. */
export interface RunWish {
  /** Nodes to pull, output nodes or not; all output nodes when absent. */
  readonly targets?: readonly NodeId[];
  /** Goes in front of those that wait. */
  readonly isFront?: boolean;
  /** It follows an edit: what is wrong with the graph is not said aloud. */
  readonly isLive?: boolean;
  /** Runs a document that is not the one on screen, apart from the tabs; `ended` gets what it told in the journal's place. */
  readonly variant?: {
    readonly document: GraphDocument;
    readonly scope: string;
    readonly ended: (run: EndedRun) => void;
  };
}

/** A run that ended, with everything that it told. */
export interface EndedRun {
  readonly run: QueuedRun;
  readonly board: RunBoard;
  readonly result: RunResult;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** The pass under way when its page was killed. */
  readonly stoppedAt?: number;
}

/** Runs documents one after the other and keeps what the runs showed. */
export interface RunSession {
  /** Queues the document as it is now, and runs it when its turn comes; resolves when it has ended or left the queue. */
  run(wish?: RunWish): Promise<void>;
  /** Stops the current run at the next forward of the network; those that wait go on. */
  cancel(): void;
  /** Moves a waiting run towards the end of the queue, or back. */
  move(id: number, steps: number): void;
  /** Takes a waiting run out of the queue, or all of them. */
  withdraw(id?: number): void;
  /**
   * Shows what a run of an earlier page had told: `fill` writes it on the board of the scope, which is answered. Undefined when a
   * run of the scope goes on.
   */
  recall(
    scope: string,
    document: GraphDocument,
    fill: (board: RunBoard, zoneOf: (id: NodeId) => Zone | undefined) => void,
  ): RunBoard | undefined;
  /** Takes an event of the current run. */
  take(event: RunEvent): void;
  /** How far the current run is in the zone with that start, by flat id; undefined before it begins there. */
  reach(start: NodeId): ZoneReach | undefined;
  /** What the canvas shows; its ids are those of what is drawn, be it the inside of a subgraph. */
  readonly view: RunView;
  /** The same of the whole graph, by the ids of the flattened document. */
  readonly flatView: RunView;
  /** Shows a pass of a zone that is drawn; the newest when undefined. */
  showPass(start: NodeId, pass: number | undefined): void;
  /** Why a node that is drawn failed in the last run. */
  failureOf(id: NodeId): ErrorDetails | undefined;
  /**
   * The pixels of the pictures of a node that is drawn, for the viewer and for saving, an estimate while there are none;
   * finished ones alone of a flat id.
   */
  picturesOf(
    id: NodeId,
    isFlat?: boolean,
  ): readonly { readonly label: string; readonly picture: Picture }[];
  /** The document of the last run of the tab that is shown, as it was run. */
  lastDocument(): GraphDocument | undefined;
}

/** Makes the session; `changed` is called when the canvas has something new to show, `ended` after each run. */
export function createRunSession(
  store: Store<AppState>,
  registry: NodeRegistry,
  client: RunClient,
  named: NamedPictures,
  on: {
    readonly changed: () => void;
    readonly failed: (text: string) => void;
    readonly ended?: (run: EndedRun) => void;
    /** A node begins in a pass: what the pass before it made is kept. */
    readonly passBegan?: () => void;
  },
): RunSession {
  const boards = new Map<string, RunBoard>();
  const waiting = new Map<number, () => void>();
  const variants = new Map<number, (run: EndedRun) => void>();
  const bitmaps = createBitmapCache(on.changed);
  const thumbnails = createBitmapCache(on.changed, 96);
  let current: { readonly run: QueuedRun; readonly board: RunBoard } | undefined;
  let startedAt = 0;
  let queued = 0;

  const boardOf = (scope: string): RunBoard => {
    const board = boards.get(scope) ?? createRunBoard();
    boards.set(scope, board);
    return board;
  };
  const zoneIn = (document: GraphDocument) => {
    const { zones } = wiringOf(flatten(document), registry);
    return (id: NodeId) => zones.zoneOf.get(id);
  };
  const shown = createBoardView(store, registry, named, bitmaps, thumbnails, () =>
    boardOf(store.get().graphId),
  );
  const progress = throttle(() => {
    if (!current) return;
    const { board, run } = current;
    const title = (id: NodeId): string => flatTitle(run.document, registry, id);
    const known = new Map([...board.costs].map(([id, { elapsedMs }]) => [id, elapsedMs]));
    const start = (id: NodeId) => zoneIn(run.document)(id)?.start;
    store.set({ progress: reportProgress(board.record, known, title, start, performance.now()) });
  }, 120);

  /** Runs what waits, one after the other. */
  async function work(): Promise<void> {
    if (current) return;
    for (;;) {
      const [run] = store.get().queue;
      if (run === undefined) return;
      const board = boardOf(run.scope);
      current = { run, board };
      startedAt = performance.now();
      const startTime = Date.now();
      openBoard(board, run.document);
      store.set({
        queue: withoutQueued(store.get().queue, run.id),
        running: run,
        isRunning: true,
        runningGraph: run.scope,
        isStopping: false,
      });
      showRanDocument();
      progress();
      on.changed();
      const result = await client.run(run.document, run.targets, run.scope);
      current = undefined;
      settle({
        run,
        board,
        result,
        startedAt: startTime,
        elapsedMs: performance.now() - startedAt,
      });
    }
  }

  function settle(ended: EndedRun): void {
    const { run, board, result } = ended;
    closeBoard(board);
    const { graphId, path, problems: known } = store.get();
    const isShown = run.scope === graphId;
    const says = result.problems.length > 0 && run.isLive !== true && isShown;
    store.set({
      running: undefined,
      isRunning: false,
      runningGraph: undefined,
      isStopping: false,
      progress: undefined,
      // Inside a subgraph its own are already listed.
      ...(says && { problems: path.length === 0 ? result.problems : known, tab: 'problems' }),
    });
    if (says && result.outcome === 'error') {
      on.failed(texts().running.queue.nothingRun(result.problems[0]?.message ?? ''));
    }
    (variants.get(run.id) ?? on.ended)?.(ended);
    bitmaps.sweep();
    thumbnails.sweep();
    on.changed();
    leave(run.id);
  }

  function leave(id: number): void {
    waiting.get(id)?.();
    waiting.delete(id);
    variants.delete(id);
  }

  /** What is compared with the document to see what an edit has changed: the last run of the tab that is shown. */
  function showRanDocument(): void {
    const { graphId, ranDocument } = store.get();
    const ran = boards.get(graphId)?.document;
    if (ran !== ranDocument) store.set({ ranDocument: ran });
  }

  let shownGraph = store.get().graphId;
  store.watch(({ graphId }) => {
    if (graphId === shownGraph) return;
    shownGraph = graphId;
    showRanDocument();
    on.changed();
  });

  return {
    run({ targets, isFront = false, isLive = false, variant } = {}) {
      const state = store.get();
      const { graphId, queue, path } = state;
      const within = variant ? [] : path;
      const run: QueuedRun = {
        id: ++queued,
        document: variant?.document ?? wholeGraph(state),
        scope: variant?.scope ?? graphId,
        ...(targets && { targets: targets.map((id) => [...within, id].join('/')) }),
        ...(isLive && { isLive }),
      };
      if (variant) variants.set(run.id, variant.ended);
      store.set({ queue: enqueue(queue, run, isFront) });
      return new Promise((resolve) => {
        waiting.set(run.id, resolve);
        void work();
      });
    },
    cancel() {
      if (!store.get().isRunning) return;
      store.set({ isStopping: true });
      client.interrupt();
    },
    move(id, steps) {
      store.set({ queue: moveQueued(store.get().queue, id, steps) });
    },
    withdraw(id) {
      const { queue } = store.get();
      const gone = queue.filter((run) => id === undefined || run.id === id);
      store.set({ queue: queue.filter((run) => !gone.includes(run)) });
      for (const run of gone) leave(run.id);
    },
    recall(scope, document, fill) {
      if (current?.run.scope === scope) return undefined;
      const board = boardOf(scope);
      openBoard(board, document);
      fill(board, zoneIn(document));
      closeBoard(board);
      showRanDocument();
      on.changed();
      return board;
    },
    take(event) {
      if (!current) return;
      const { board, run } = current;
      if (event.type === 'execution-start') board.record = createRunRecord(event.nodes);
      recordEvent(board.record, event, zoneIn(run.document), performance.now());
      if (event.type === 'execution-error') {
        board.failures.set(event.nodeId, event.details);
        on.failed(sayError(event.details));
      }
      if (event.type === 'executing' && event.pass !== undefined) on.passBegan?.();
      progress();
      on.changed();
    },
    reach: (start) => (current ? reachOf(current.board.record, start) : undefined),
    view: shown.drawn,
    flatView: shown.flat,
    showPass(start, pass) {
      const { graphId, path } = store.get();
      const { shownPass } = boardOf(graphId);
      if (pass === undefined) shownPass.delete(flatId(path, start));
      else shownPass.set(flatId(path, start), pass);
      on.changed();
    },
    failureOf: (id) => boardOf(store.get().graphId).failures.get(flatId(store.get().path, id)),
    lastDocument: () => boards.get(store.get().graphId)?.document,
    picturesOf: (id, isFlat = false) => {
      const { graphId, path } = store.get();
      const zone = zoneIn(wholeGraph(store.get()));
      const at = isFlat ? id : flatId(path, id);
      const board = boardOf(graphId);
      const shown = boardPictures(board, at, (node) => zone(node)?.start);
      if (shown.length > 0 || isFlat) return shown;
      const estimate = zoneEstimate(board.record, flatten(wholeGraph(store.get())), registry, at);
      return estimate ? [estimate] : [];
    },
  };
}
