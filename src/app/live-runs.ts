import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { AppState } from './app-state.js';
import { changedPasses } from './changed-passes.js';
import type { RunSession } from './run-session.js';
import type { Store } from './store.js';
import { throttle } from './throttle.js';
import { wholeGraph } from './whole-graph.js';

/** Runs that follow edits. */
export interface LiveRuns {
  /** The current run has come to another pass: if it is to be stopped, nothing is lost now. */
  passBegan(): void;
  dispose(): void;
}

/** How long the hand is still before an edit of the graph is followed. */
const stillMs = 150;

/** How often an edit of a schedule is followed, without waiting for the hand to be still. */
const dragMs = 60;

/**
 * Starts runs that follow the edits of the shown graph, while `settings.isLive` holds. An edit that changes nothing
 * but passes of a schedule is followed at once and during the whole of a drag; any other when the hand has been still
 * for a moment. A run of the graph that goes on is stopped when it comes to what changed: never before the first pass that the edit
 * changes, nor twice in a row before it has shown a new pass; the passes that it finished are kept, so the next run
 * begins at the first that changed. Moving nodes, other tabs, and documents that were run or queued already (such as
 * one whose seed was just drawn) start nothing; runs that wait because somebody asked for them are let through first.
 */
export function createLiveRuns(
  store: Store<AppState>,
  registry: NodeRegistry,
  runs: Pick<RunSession, 'run' | 'cancel' | 'reach'>,
): LiveRuns {
  let { graphId, settings } = store.get();
  let whole = wholeGraph(store.get());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  // The run before was stopped without having shown a new pass: the next one shows one whatever is edited.
  let isOwed = false;

  const isNew = (): boolean => {
    const { ranDocument, queue } = store.get();
    const now = wholeGraph(store.get());
    return !isSameWork(ranDocument, now) && !queue.some((run) => isSameWork(run.document, now));
  };
  const begin = (): void => {
    isWanted = false;
    const { settings: chosen, isRunning } = store.get();
    if (!chosen.isLive || !isNew()) return;
    if (!isRunning) {
      void runs.run({ isLive: true });
      return;
    }
    isWanted = true;
    stopWhenDue();
  };
  const stopWhenDue = (): void => {
    const { running, queue, isStopping } = store.get();
    if (!isWanted || isStopping || queue.length > 0 || running?.scope !== graphId) return;
    const changed = changedPasses(running.document, whole, registry);
    if (!changed || [...changed].some(isDue)) runs.cancel();
  };
  const isDue = ([start, pass]: readonly [NodeId, number]): boolean => {
    const reach = runs.reach(start);
    if (!reach || reach.pass < pass) return false;
    const hasShown = reach.computed > 0;
    if (isOwed && !hasShown) return false;
    isOwed = !hasShown;
    return true;
  };
  const follow = throttle(() => {
    queueMicrotask(begin);
  }, dragMs);
  const stop = store.watch((next) => {
    const now = wholeGraph(next);
    const isEdited = next.graphId === graphId && !isSameWork(whole, now);
    const isSwitchedOn = next.settings.isLive && !settings.isLive;
    const before = whole;
    ({ graphId, settings } = next);
    whole = now;
    if (next.settings.isLive && (isEdited || isSwitchedOn)) {
      clearTimeout(timer);
      if (isEdited && changedPasses(before, now, registry)) follow();
      else timer = setTimeout(begin, stillMs);
    }
    if (!isWanted || next.isRunning || next.isStopping || next.queue.length > 0) return;
    isWanted = false;
    // The run that ended is still being settled: the next one starts after it.
    queueMicrotask(begin);
  });
  return {
    passBegan: stopWhenDue,
    dispose() {
      clearTimeout(timer);
      stop();
    },
  };
}

/** Whether two documents hold the same nodes, those inside subgraphs included. */
function isSameWork(a: GraphDocument | undefined, b: GraphDocument): boolean {
  return a?.nodes === b.nodes && a.subgraphs === b.subgraphs;
}
