import {
  LGraph,
  LGraphCanvas,
  LGraphNode,
  LiteGraph,
  LLink,
} from 'litegraph.js/build/litegraph.core.js';

export { LGraph, LGraphCanvas, LGraphNode, LLink };

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
  drawLink(
    context: CanvasRenderingContext2D,
    from: ArrayLike<number>,
    to: ArrayLike<number>,
    link: LLink | null,
  ): void;
  /** Below links and nodes, in graph coordinates; fills the whole visible area. */
  drawBackground(context: CanvasRenderingContext2D): void;
  /** Above everything, in graph coordinates. */
  drawForeground(context: CanvasRenderingContext2D): void;
}

/** A LiteGraph canvas that listens to no event, renders on demand and is crisp at any pixel ratio. */
export interface Stage {
  readonly graph: LGraph;
  readonly view: LGraphCanvas;
  /** Width and height in CSS pixels. */
  readonly size: () => readonly [number, number];
  /** Asks for a new frame; `links` also redraws background and links. */
  invalidate(links: boolean): void;
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
  sharpen(view, () => ({ ratio, size }));
  usePainters(view, painters);
  const draw = (): void => {
    frame = 0;
    view.draw(true);
  };
  const stage: Stage = {
    graph,
    view,
    size: () => size,
    invalidate(links) {
      view.setDirty(true, links);
      if (frame === 0) frame = requestAnimationFrame(draw);
    },
    fitToElement() {
      ratio = element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
      size = [element.clientWidth, element.clientHeight];
      element.width = Math.round(size[0] * ratio);
      element.height = Math.round(size[1] * ratio);
      // Setting a canvas's size clears it: draw at once, or a resize flickers.
      view.setDirty(true, true);
      draw();
    },
    dispose() {
      cancelAnimationFrame(frame);
      graph.clear();
    },
  };
  return stage;
}

function usePainters(view: LGraphCanvas, painters: Painters): void {
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
  view.renderLink = (context, from, to, link) => {
    painters.drawLink(context, from, to, link);
  };
  view.onDrawBackground = (context) => {
    painters.drawBackground(context);
  };
  view.onDrawForeground = (context) => {
    painters.drawForeground(context);
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
