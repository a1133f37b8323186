import type { Application } from './application.js';
import type * as Words from './forecast-view.js';
import { lazily } from './lazily.js';

type ForecastView = typeof Words;

let view: ForecastView | undefined;

/** What puts forecasts into words; undefined until its code is there, when the page is drawn again. */
export function forecastView(application: Application): ForecastView | undefined {
  if (!view) {
    lazily(application, async () => {
      const loaded = await import('./forecast-view.js');
      if (view) return;
      view = loaded;
      // A new list of the same is a change, by which everything is drawn again.
      application.store.set({ toasts: [...application.store.get().toasts] });
    });
  }
  return view;
}
