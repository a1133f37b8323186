import type { NodeRegistry } from '../core/node/registry.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import type { ForecastDesk } from './forecast-contract.js';
import type { Store } from './store.js';

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
