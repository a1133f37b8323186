import type { NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import type { RunForecast } from './run-outlook.js';
import type { EndedRun } from './run-session.js';
import type { Store } from './store.js';

/** Keeps what is known of the shown graph before it runs. */
export interface ForecastDesk {
  /** Calls `go` at once when the run seems to fit, else asks the user first. */
  guard(targets: readonly NodeId[] | undefined, go: () => void): void;
  /** The run that the user is asked about. */
  asked(): RunForecast | undefined;
  /** Carries out, or forgets, the run that the user was asked about. */
  answer(isWanted: boolean): void;
  /** Learns how fast this device is. */
  learn(ended: EndedRun): void;
  dispose(): void;
}

/** The name under which the dialog about a run that does not fit is opened. */
export const misfitDialog = 'run-misfit';

/** A desk whose code is loaded after the page; until it is there nothing is known, and every run seems to fit. */
export function createForecastSession(
  store: Store<AppState>,
  registry: NodeRegistry,
  client: RunClient,
  on: { readonly changed: () => void; readonly failed: (error: unknown) => void },
): ForecastDesk {
  let desk: ForecastDesk | undefined;
  let isDisposed = false;
  import('./forecast-desk.js').then(({ createForecastDesk }) => {
    if (!isDisposed) desk = createForecastDesk(store, registry, client, on.changed);
  }, on.failed);
  return {
    guard(targets, go) {
      if (desk) desk.guard(targets, go);
      else go();
    },
    asked: () => desk?.asked(),
    answer: (isWanted) => desk?.answer(isWanted),
    learn: (ended) => desk?.learn(ended),
    dispose() {
      isDisposed = true;
      desk?.dispose();
    },
  };
}
