import { LGraph, LGraphCanvas, LGraphNode, LiteGraph } from 'litegraph.js/build/litegraph.core.js';
import { createScrolling, type Box } from './scrolling.js';

export { LGraph, LGraphCanvas, LGraphNode };

/** As many nodes as a document may hold. */
LiteGraph.MAX_NUMBER_OF_NODES = 5000;
LiteGraph.pointerevents_method = 'pointer';

/** Node types that LiteGraph itself knows: none, since every node comes from our definitions. */
export function registeredNodeTypes(): readonly string[] {
  return Object.keys(LiteGraph.registered_node_types);
}

/** What draws the parts of the canvas. */
export interface Painters {
  drawNode(node: LGraphNode, context: CanvasRenderingContext2D): void;
  /** All links, in graph coordinates, above the background and below the nodes. */
  drawLinks(context: CanvasRenderingContext2D): void;
  /** Below links and nodes, in graph coordinates; fills the whole visible area. */
  drawBackground(context: CanvasRenderingContext2D): void;
  /** Above everything, in graph coordinates. */
  drawForeground(context: CanvasRenderingContext2D): void;
  /** Above everything, in CSS pixels from the canvas' top left. */
  drawOverlay(context: CanvasRenderingContext2D): void;
  /** The box that `drawOverlay` draws in, which stays where it is while the view moves. */
  overlayBox(): Box | undefined;
}

/** A LiteGraph canvas that listens to no event, renders on demand and is crisp at any pixel ratio. */
export interface Stage {
  readonly graph: LGraph;
  readonly view: LGraphCanvas;
  /** Width and height in CSS pixels. */
  readonly size: () => readonly [number, number];
  /** Replaces the nodes, in the order in which they are drawn. */
  setNodes(nodes: readonly LGraphNode[]): void;
  /** Asks for a new frame. */
  invalidate(): void;
  /** Asks for a new frame of the same scene, seen from elsewhere: what was in view already is not drawn again. */
  viewMoved(): void;
  /** Adapts to the element's box and the screen's pixel ratio. */
  fitToElement(): void;
  dispose(): void;
}

/** Puts LiteGraph's view on a canvas element, with every one of its own handlers left out. */
export function createStage(element: HTMLCanvasElement, painters: Painters): Stage {
  const graph = new LGraph();
  const view = new LGraphCanvas(element, graph, {
    skip_events: true,
    skip_render: true,
    autoresize: false,
  });
  let ratio = 1;
  let size: readonly [number, number] = [0, 0];
  let frame = 0;
  let isChanged = true;
  let ratioChange: AbortController | undefined;
  // One canvas for all: LiteGraph's second one for links would be copied in every frame.
  view.bgcanvas = view.canvas;
  sharpen(view, () => ({ ratio, size }));
  usePainters(view, painters, () => ratio);
  const scrolling = createScrolling(view, () => ({ ratio, overlay: painters.overlayBox() }));
  const draw = (): void => {
    frame = 0;
    if (isChanged || !scrolling.draw()) view.draw(true);
    isChanged = false;
    scrolling.drawn();
  };
  const ask = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  /** A window that moves to another screen, or is zoomed, changes its pixel ratio without changing its size. */
  const watchRatio = (): void => {
    ratioChange?.abort();
    ratioChange = new AbortController();
    const query = element.ownerDocument.defaultView?.matchMedia(
      `(resolution: ${String(ratio)}dppx)`,
    );
    const { signal } = ratioChange;
    query?.addEventListener(
      'change',
      () => {
        stage.fitToElement();
      },
      { signal },
    );
  };
  const stage: Stage = {
    graph,
    view,
    size: () => size,
    setNodes(nodes) {
      // Its own add and remove sort the whole graph for every node.
      graph._nodes = [...nodes];
      graph._nodes_by_id = Object.fromEntries(nodes.map((node) => [node.id, node]));
    },
    invalidate() {
      isChanged = true;
      ask();
    },
    viewMoved: ask,
    fitToElement() {
      ratio = element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
      watchRatio();
      size = [element.clientWidth, element.clientHeight];
      element.width = Math.round(size[0] * ratio);
      element.height = Math.round(size[1] * ratio);
      // Setting a canvas's size clears it: draw at once, or a resize flickers.
      isChanged = true;
      draw();
    },
    dispose() {
      cancelAnimationFrame(frame);
      ratioChange?.abort();
      graph.clear();
    },
  };
  return stage;
}

function usePainters(view: LGraphCanvas, painters: Painters, ratio: () => number): void {
  view.show_info = false;
  view.render_canvas_border = false;
  view.background_image = null;
  view.clear_background_color = 'transparent';
  view.ds.min_scale = 0.08;
  view.ds.max_scale = 4;
  // Its own panels are never opened; looking for them fails while the canvas is not in the page.
  view.checkPanels = () => undefined;
  view.drawNode = (node, context) => {
    painters.drawNode(node, context);
  };
  view.drawConnections = (context) => {
    painters.drawLinks(context);
  };
  view.onDrawBackground = (context) => {
    painters.drawBackground(context);
  };
  view.onDrawForeground = (context) => {
    painters.drawForeground(context);
  };
  view.onDrawOverlay = (context) => {
    context.save();
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    painters.drawOverlay(context);
    context.restore();
  };
}

/** LiteGraph knows no pixel ratio: the scale is multiplied here, so that its coordinates stay CSS pixels. */
function sharpen(
  view: LGraphCanvas,
  screen: () => { readonly ratio: number; readonly size: readonly [number, number] },
): void {
  view.ds.toCanvasContext = function (context) {
    const { ratio } = screen();
    context.scale(this.scale * ratio, this.scale * ratio);
    context.translate(this.offset[0] ?? 0, this.offset[1] ?? 0);
  };
  const computeVisibleArea = view.ds.computeVisibleArea.bind(view.ds);
  view.ds.computeVisibleArea = (viewport) => {
    const [width, height] = screen().size;
    computeVisibleArea(viewport ?? [0, 0, width, height]);
  };
}
