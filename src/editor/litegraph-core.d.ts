/** The part of litegraph.js 0.7.18 that the editor uses. */
declare module 'litegraph.js/build/litegraph.core.js' {
  export class LGraphNode {
    constructor(title?: string);
    id: string;
    title: string;
    type: string;
    pos: Float32Array | readonly [number, number];
    size: Float32Array | readonly [number, number];
    flags: { collapsed?: boolean; pinned?: boolean };
    getBounding(out: Float32Array): Float32Array;
  }

  export class LGraph {
    _nodes: LGraphNode[];
    _nodes_by_id: Record<string, LGraphNode>;
    clear(): void;
  }

  export class DragAndScale {
    offset: Float32Array;
    scale: number;
    min_scale: number;
    max_scale: number;
    visible_area: Float32Array;
    computeVisibleArea(viewport?: ArrayLike<number>): void;
    toCanvasContext(context: CanvasRenderingContext2D): void;
    changeScale(value: number, center?: readonly [number, number]): void;
  }

  export class LGraphCanvas {
    constructor(
      canvas: HTMLCanvasElement,
      graph: LGraph,
      options: { skip_events: boolean; skip_render: boolean; autoresize: boolean },
    );
    ds: DragAndScale;
    graph: LGraph;
    canvas: HTMLCanvasElement;
    bgcanvas: HTMLCanvasElement;
    /** The nodes that the last frame drew, or the frame that is being drawn draws. */
    visible_nodes: readonly LGraphNode[];
    visible_area: Float32Array;
    show_info: boolean;
    render_canvas_border: boolean;
    clear_background_color: string;
    background_image: string | null;
    connections_width: number;
    /** Device pixels that drawing is limited to. */
    viewport: readonly [number, number, number, number] | undefined;
    drawFrontCanvas(): void;
    draw(forceFront?: boolean, forceBack?: boolean): void;
    bringToFront(node: LGraphNode): void;
    checkPanels(): void;
    drawNode(node: LGraphNode, context: CanvasRenderingContext2D): void;
    drawConnections(context: CanvasRenderingContext2D): void;
    onDrawBackground: ((context: CanvasRenderingContext2D) => void) | null;
    onDrawForeground: ((context: CanvasRenderingContext2D) => void) | null;
    onDrawOverlay: ((context: CanvasRenderingContext2D) => void) | null;
  }

  export const LiteGraph: {
    registered_node_types: Record<string, unknown>;
    MAX_NUMBER_OF_NODES: number;
    pointerevents_method: string;
  };
}
