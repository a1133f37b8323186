import type { NodeRegistry } from '../core/node/registry.js';
import { defaultCanvasOptions } from './canvas-options.js';
import { readCanvasTheme } from './canvas-theme.js';
import type { EditorContext } from './editor-context.js';
import type { EditorHost } from './host.js';
import { createStage } from './litegraph.js';
import { createPainters } from './painters.js';
import { idleRunView } from './run-view.js';
import { emptyScene } from './sync.js';

/** Makes what the parts of an editor share, on a canvas that shows an empty document. */
export function createContext(
  element: HTMLCanvasElement,
  overlay: HTMLElement,
  registry: NodeRegistry,
  host: EditorHost,
): EditorContext {
  let current: EditorContext | undefined = undefined;
  const stage = createStage(
    element,
    createPainters(() => current),
  );
  const context: EditorContext = {
    element,
    overlay,
    stage,
    registry,
    host,
    scene: emptyScene(),
    theme: readCanvasTheme(element),
    run: idleRunView,
    options: defaultCanvasOptions,
    selection: new Set(),
    hover: undefined,
    link: undefined,
    rectangle: undefined,
    draft: undefined,
    editing: undefined,
    point: undefined,
    viaDraft: undefined,
    groupDrafts: new Map(),
    group: undefined,
    insertion: undefined,
    pointed: undefined,
    bubble: undefined,
    redraw() {
      stage.invalidate();
    },
    redrawMoved() {
      // What hangs on the pointer keeps its place on the screen.
      if (context.link ?? context.rectangle ?? context.bubble) stage.invalidate();
      else stage.viewMoved();
    },
    select(ids) {
      const next = [...ids];
      context.selection.clear();
      for (const id of next) context.selection.add(id);
      context.redraw();
      host.selectionChanged([...context.selection]);
    },
  };
  current = context;
  stage.fitToElement();
  return context;
}
