import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { CanvasOptions } from './canvas-options.js';
import { readCanvasTheme } from './canvas-theme.js';
import { openColorMenu, menuPlace } from './menu.js';
import { createContext } from './create-context.js';
import { toClient, toGraph, type EditorContext } from './editor-context.js';
import { openWidget } from './gestures/pressing-widget.js';
import { hitTest, nodeOf } from './hit-test.js';
import type { EditorHost } from './host.js';
import type { Point } from './intents.js';
import { listenToKeys } from './keyboard.js';
import { boundsOf } from './node-view.js';
import { listenToPointers } from './pointing.js';
import type { RunView } from './run-view.js';
import { syncStage } from './sync.js';
import { fitAgain, fitView } from './view-fitting.js';

/** The canvas that draws a document and turns gestures into edits. */
export interface GraphEditor {
  /** Shows a document; only what differs from the last one is made anew. */
  setDocument(document: GraphDocument): void;
  /** Shows the state of a run. */
  setRun(run: RunView): void;
  /** Draws again what the run view looks up while it draws: what a lens shows. */
  redraw(): void;
  /** Changes what the user chose about the canvas. */
  setOptions(options: Partial<CanvasOptions>): void;
  readonly options: CanvasOptions;
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
  /** Where a node is drawn, its title included, in client pixels; undefined when it is not. */
  boxOf(id: NodeId): Readonly<Record<'left' | 'top' | 'width' | 'height', number>> | undefined;
  /** The sizes of nodes' bodies as they are drawn, titles aside. */
  sizesOf(ids: Iterable<NodeId>): ReadonlyMap<NodeId, Point>;
  /** Opens the list of colours for the selected nodes. */
  chooseColor(): void;
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
  const mode = { isPanning: false };
  const pointing = listenToPointers(context, mode, ended.signal);
  listenToKeys(context, mode, pointing, ended.signal);
  const resized = new ResizeObserver(() => {
    const [width, height] = stage.size();
    stage.fitToElement();
    const [w, h] = stage.size();
    if (w !== width || h !== height) fitAgain(context);
  });
  resized.observe(element);
  return {
    setDocument(document) {
      show(context, document);
      pointing.refresh();
    },
    setRun(run) {
      context.run = run;
      show(context, context.scene.document);
    },
    redraw: () => {
      context.redraw();
    },
    setOptions(options) {
      context.options = { ...context.options, ...options };
      context.redraw();
    },
    get options() {
      return context.options;
    },
    refreshTheme() {
      context.theme = readCanvasTheme(element);
      context.redraw();
    },
    select: context.select,
    selection: context.selection,
    setView({ scale, offset }) {
      stage.view.ds.scale = scale;
      stage.view.ds.offset.set(offset);
      context.redraw();
    },
    fit(ids) {
      fitView(context, ids);
    },
    zoom(factor) {
      const { ds } = stage.view;
      ds.changeScale(ds.scale * factor);
      context.redraw();
      const [x = 0, y = 0] = ds.offset;
      host.viewChanged({ scale: ds.scale, offset: [x, y] });
    },
    pointAt: (client) => toGraph(context, ...(client ?? middleOf(element))),
    middle: () => middleOf(element),
    nodeAt: (client) => nodeOf(hitTest(context, toGraph(context, ...client), false))?.face.id,
    boxOf: (id) => clientBox(context, id),
    sizesOf: (ids) => sizesOf(context, ids),
    chooseColor() {
      colorSelection(context);
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

function show(context: EditorContext, document: GraphDocument): void {
  const { run, stage, registry } = context;
  context.scene = syncStage(stage, context.scene, document, registry, (id) => {
    return run.node(id).pictures.length > 0;
  });
  const kept = [...context.selection].filter((id) => context.scene.views.has(id));
  if (kept.length < context.selection.size) context.select(kept);
  context.redraw();
}

function clientBox(context: EditorContext, id: NodeId): ReturnType<GraphEditor['boxOf']> {
  const view = context.scene.views.get(id);
  if (!view) return undefined;
  const [x, y, width, height] = boundsOf(view);
  const [left, top] = toClient(context, [x, y]);
  const { scale } = context.stage.view.ds;
  return { left, top, width: width * scale, height: height * scale };
}

function sizesOf(context: EditorContext, ids: Iterable<NodeId>): ReadonlyMap<NodeId, Point> {
  const views = [...ids].flatMap((id) => context.scene.views.get(id) ?? []);
  return new Map(
    views.map(({ face, geometry }) => [face.id, [geometry.width, geometry.height] as const]),
  );
}

function colorSelection(context: EditorContext): void {
  const ids = [...context.selection];
  const [first] = ids;
  if (first === undefined) return;
  const current = context.scene.views.get(first)?.layout.color;
  openColorMenu(context, menuPlace(context).client, current, (color) => {
    context.host.edit({ kind: 'color', ids, ...(color !== undefined && { color }) });
  });
}

function middleOf(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
