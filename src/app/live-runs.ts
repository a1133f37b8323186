import type { GraphDocument } from '../core/graph/types.js';
import type { AppState } from './app-state.js';
import type { RunSession } from './run-session.js';
import type { Store } from './store.js';
import { wholeGraph } from './whole-graph.js';

/** Runs that follow edits. */
export interface LiveRuns {
  dispose(): void;
}

const debounceMs = 150;

/**
 * Starts a run when the graph was edited and the hand has been still for a moment, while `settings.isLive` holds. A
 * run that goes on is stopped first, at the next forward; the passes that it finished are kept, so the next run begins
 * at the first pass that changed. Moving nodes, other tabs, and documents that were run or queued already (such as one
 * whose seed was just drawn) start nothing; runs that wait because somebody asked for them are let through first.
 */
export function createLiveRuns(
  store: Store<AppState>,
  runs: Pick<RunSession, 'run' | 'cancel'>,
): LiveRuns {
  let { graphId, settings } = store.get();
  let whole = wholeGraph(store.get());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;

  const isNew = (): boolean => {
    const { ranDocument, queue } = store.get();
    const now = wholeGraph(store.get());
    return !isSameWork(ranDocument, now) && !queue.some((run) => isSameWork(run.document, now));
  };
  const begin = (): void => {
    isWanted = false;
    const { settings: chosen, isRunning, queue } = store.get();
    if (!chosen.isLive || !isNew()) return;
    if (!isRunning) {
      void runs.run({ isLive: true });
      return;
    }
    isWanted = true;
    if (queue.length === 0) runs.cancel();
  };
  const stop = store.watch((next) => {
    const isEdited = next.graphId === graphId && !isSameWork(whole, wholeGraph(next));
    const isSwitchedOn = next.settings.isLive && !settings.isLive;
    ({ graphId, settings } = next);
    whole = wholeGraph(next);
    if (next.settings.isLive && (isEdited || isSwitchedOn)) {
      clearTimeout(timer);
      timer = setTimeout(begin, debounceMs);
    }
    if (!isWanted || next.isRunning || next.isStopping || next.queue.length > 0) return;
    isWanted = false;
    // The run that ended is still being settled: the next one starts after it.
    queueMicrotask(begin);
  });
  return {
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
