import { flatId } from '../core/graph/flat-places.js';
import type { NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { EditorHost } from '../editor/host.js';
import type { NodeLens, RunView } from '../editor/run-view.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';
import { wholeGraph } from './whole-graph.js';

/** The attention lens on the canvas: over a result it shows where that place looks in the appearance. */
export interface Lens {
  look: EditorHost['look'];
  /** What it shows on a node that is drawn. */
  on(id: NodeId): NodeLens | undefined;
}

/**
 * Makes the lens; `changed` draws it. One question is under way at a time, and the last place asked next; another layer or head asks
 * for the place anew.
 */
export function createLens(
  store: Store<AppState>,
  registry: NodeRegistry,
  client: Pick<RunClient, 'lens'>,
  view: RunView,
  changed: () => void,
): Lens {
  let wish: Parameters<EditorHost['look']>[0];
  let isAsking = false;
  let shown: ReadonlyMap<NodeId, NodeLens> = new Map();

  async function answer(): Promise<void> {
    const { askLens } = await import('./ask-lens.js');
    for (;;) {
      const asked = wish;
      const start = performance.now();
      const { path, graphId, settings } = store.get();
      const place = asked && {
        ...asked,
        node: flatId(path, asked.node),
        scope: graphId,
        layer: settings.lensLayer,
        head: settings.lensHead,
      };
      const next = place && (await askLens(wholeGraph(store.get()), registry, client, view, place));
      shown = wish && next ? next : new Map();
      changed();
      // What `tools/bench/lens.ts` and a browser's own profiler read.
      if (shown.size > 0) performance.measure('attention lens', { start });
      if (wish === asked) break;
    }
  }
  const look: Lens['look'] = (place) => {
    wish = place;
    if (isAsking) return;
    isAsking = true;
    // Whatever an answer ends with, the next place must be asked for.
    void answer().finally(() => {
      isAsking = false;
    });
  };
  let { lensLayer, lensHead } = store.get().settings;
  store.watch(({ settings }) => {
    if (settings.lensLayer === lensLayer && settings.lensHead === lensHead) return;
    ({ lensLayer, lensHead } = settings);
    if (wish) look({ ...wish });
  });
  return {
    look,
    on: (id) => (shown.size === 0 ? undefined : shown.get(flatId(store.get().path, id))),
  };
}
