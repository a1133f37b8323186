import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { readCanvasTheme } from './canvas-theme.js';
import type { EditorContext } from './editor-context.js';
import { toGraph } from './editor-context.js';
import { openWidget } from './gestures/pressing-widget.js';
import { hitTest } from './hit-test.js';
import type { EditorHost } from './host.js';
import type { Point } from './intents.js';
import { createStage } from './litegraph.js';
import { boundsOfAll } from './node-view.js';
import { createPainters } from './painters.js';
import { listenToPointers } from './pointing.js';
import { idleRunView, type RunView } from './run-view.js';
import { emptyScene, syncStage } from './sync.js';

/** The canvas that draws a document and turns gestures into edits. */
export interface GraphEditor {
  /** Shows a document; only what differs from the last one is made anew. */
  setDocument(document: GraphDocument): void;
  /** Shows the state of a run. */
  setRun(run: RunView): void;
  /** Reads the page's theme again. */
  refreshTheme(): void;
  select(ids: Iterable<NodeId>): void;
  readonly selection: ReadonlySet<NodeId>;
  setView(view: { readonly scale: number; readonly offset: Point }): void;
  /** Shows all of the selected nodes, or of the graph, as large as they fit. */
  fit(ids?: Iterable<NodeId>): void;
  zoom(factor: number): void;
  /** A client point, or the middle of the canvas, in graph coordinates. */
  pointAt(client?: Point): Point;
  /** The middle of the canvas in client pixels. */
  middle(): Point;
  /** The node under a client point. */
  nodeAt(client: Point): NodeId | undefined;
  /** Opens the editor of a widget, as a click on it would. */
  openWidget(id: NodeId, name: string): void;
  dispose(): void;
}

/** Makes an editor on a canvas; `overlay` is a positioned element above it, for text fields. */
export function createGraphEditor(
  element: HTMLCanvasElement,
  overlay: HTMLElement,
  registry: NodeRegistry,
  host: EditorHost,
): GraphEditor {
  const context = createContext(element, overlay, registry, host);
  const { stage } = context;
  const ended = new AbortController();
  listenToPointers(context, ended.signal);
  const resized = new ResizeObserver(() => {
    stage.fitToElement();
  });
  resized.observe(element);
  const show = (document: GraphDocument): void => {
    context.scene = syncStage(stage, context.scene, document, registry, (id) => {
      return context.run.node(id).pictures.length > 0;
    });
    const gone = [...context.selection].filter((id) => !context.scene.views.has(id));
    if (gone.length > 0) {
      context.select([...context.selection].filter((id) => context.scene.views.has(id)));
    }
    context.redraw(true);
  };
  return {
    setDocument: show,
    setRun(run) {
      context.run = run;
      show(context.scene.document);
    },
    refreshTheme() {
      context.theme = readCanvasTheme(element);
      context.redraw(true);
    },
    select: context.select,
    selection: context.selection,
    setView({ scale, offset }) {
      stage.view.ds.scale = scale;
      stage.view.ds.offset.set(offset);
      context.redraw(true);
    },
    fit(ids) {
      fit(context, ids);
    },
    zoom(factor) {
      stage.view.ds.changeScale(stage.view.ds.scale * factor);
      context.redraw(true);
    },
    pointAt: (client) => toGraph(context, ...(client ?? middleOf(element))),
    middle: () => middleOf(element),
    nodeAt(client) {
      const hit = hitTest(context, toGraph(context, ...client), false);
      return 'view' in hit ? hit.view.face.id : undefined;
    },
    openWidget(id, name) {
      openWidget(context, id, name);
    },
    dispose() {
      ended.abort();
      resized.disconnect();
      stage.dispose();
    },
  };
}

function middleOf(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

function createContext(
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
    selection: new Set(),
    hover: undefined,
    link: undefined,
    rectangle: undefined,
    draft: undefined,
    editing: undefined,
    redraw(links = false) {
      stage.invalidate(links);
    },
    select(ids) {
      const next = [...ids];
      context.selection.clear();
      for (const id of next) context.selection.add(id);
      context.redraw(true);
      host.selectionChanged([...context.selection]);
    },
  };
  current = context;
  stage.fitToElement();
  return context;
}

function fit(context: EditorContext, ids: Iterable<NodeId> | undefined): void {
  const chosen =
    ids ?? (context.selection.size > 0 ? context.selection : context.scene.views.keys());
  const views = [...chosen].flatMap((id) => context.scene.views.get(id) ?? []);
  const bounds = boundsOfAll(views);
  if (!bounds) return;
  const [x, y, width, height] = bounds;
  const [w, h] = context.stage.size();
  const { ds } = context.stage.view;
  // Room for a zone's margin and header around its nodes.
  const margin = 84;
  const scale = Math.min(w / (width + margin * 2), h / (height + margin * 2), 1.25);
  ds.scale = Math.max(ds.min_scale, scale);
  const offset: Point = [w / 2 / ds.scale - (x + width / 2), h / 2 / ds.scale - (y + height / 2)];
  ds.offset.set(offset);
  context.redraw(true);
  context.host.viewChanged({ scale: ds.scale, offset });
}
