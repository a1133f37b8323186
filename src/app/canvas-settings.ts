import type { CanvasOptions } from '../editor/canvas-options.js';
import type { GraphEditor } from '../editor/graph-editor.js';
import type { Settings } from '../storage/settings.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';

/** What the settings say of the canvas. */
function canvasOptionsOf(settings: Settings): CanvasOptions {
  return {
    linkShape: settings.linkShape,
    snapsToGrid: settings.snapsToGrid,
    showsMinimap: settings.showsMinimap,
    showsTimes: settings.showsTimes,
    showsLinkNotes: settings.showsLinkNotes,
    showsFilmstrip: settings.showsFilmstrip,
    isLocked: settings.isCanvasLocked,
  };
}

/** Gives the canvas the settings that concern it, now and whenever they change; the result ends that. */
export function watchCanvasSettings(store: Store<AppState>, editor: GraphEditor): () => void {
  let known = store.get().settings;
  editor.setOptions(canvasOptionsOf(known));
  return store.watch(({ settings }) => {
    if (settings === known) return;
    known = settings;
    editor.setOptions(canvasOptionsOf(settings));
  });
}
