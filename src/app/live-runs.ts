import type { AppState } from './app-state.js';
import type { RunSession } from './run-session.js';
import type { Store } from './store.js';

/** Runs that follow edits. */
export interface LiveRuns {
  /** Something was edited: a run starts when the hand has been still for a moment. */
  edited(): void;
  dispose(): void;
}

const debounceMs = 150;

/**
 * Starts a run after edits while `settings.isLive` holds. A run that goes on is stopped first; the passes that it
 * finished are kept, so the next run begins at the first pass that changed.
 */
export function createLiveRuns(
  store: Store<AppState>,
  runs: Pick<RunSession, 'run' | 'cancel'>,
): LiveRuns {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const begin = (): void => {
    if (!store.get().settings.isLive) return;
    if (store.get().isRunning) {
      isWanted = true;
      runs.cancel();
      return;
    }
    isWanted = false;
    void runs.run();
  };
  const stop = store.watch(({ isRunning, isStopping }) => {
    if (!isWanted || isRunning || isStopping) return;
    isWanted = false;
    // The run that ended is still being settled: the next one starts after it.
    queueMicrotask(begin);
  });
  return {
    edited() {
      clearTimeout(timer);
      if (store.get().settings.isLive) timer = setTimeout(begin, debounceMs);
    },
    dispose() {
      clearTimeout(timer);
      stop();
    },
  };
}
