import type { NodeId, WidgetValue } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { CanvasOptions } from './canvas-options.js';
import type { CanvasTheme } from './canvas-theme.js';
import type { EditorHost } from './host.js';
import type { End, Point } from './intents.js';
import type { Stage } from './litegraph.js';
import type { NodeView } from './node-view.js';
import type { RunView } from './run-view.js';
import type { SceneLink } from './scene-link.js';
import type { Scene } from './sync.js';

/** A reroute point of a link. */
export interface ViaPoint {
  /** The input that the link ends in. */
  readonly to: End;
  readonly index: number;
}

/** A box in graph coordinates. */
export type Bounds = readonly [x: number, y: number, width: number, height: number];

/** A link that hangs on the pointer. */
export interface LinkDrag {
  /** The side that is fixed. */
  readonly side: 'input' | 'output';
  readonly end: End;
  readonly type: string;
  /** The input that an existing link was taken from. */
  readonly takenFrom: End | undefined;
  /** Further links that move along: their inputs, or the inputs that are to be linked too. */
  readonly others: readonly SceneLink[];
  to: Point;
  /** Where it would end if let go now. */
  target: End | undefined;
  /** Why it cannot end where the pointer is. */
  refusal: string | undefined;
}

/** What the parts of the editor share: the scene, and what the pointer is doing to it. */
export interface EditorContext {
  readonly element: HTMLCanvasElement;
  readonly overlay: HTMLElement;
  readonly stage: Stage;
  readonly registry: NodeRegistry;
  readonly host: EditorHost;
  scene: Scene;
  theme: CanvasTheme;
  run: RunView;
  options: CanvasOptions;
  readonly selection: Set<NodeId>;
  hover: { readonly id: NodeId; readonly row: string | undefined; readonly x: number } | undefined;
  link: LinkDrag | undefined;
  rectangle: readonly [Point, Point] | undefined;
  /** Values under a drag: node, input, value. */
  draft: { readonly id: NodeId; readonly name: string; readonly value: WidgetValue } | undefined;
  /** The widget whose text is being edited in an overlay. */
  editing: { readonly id: NodeId; readonly name: string } | undefined;
  /** The reroute point that keys act on. */
  point: ViaPoint | undefined;
  /** Reroute points of a link under a drag. */
  viaDraft: { readonly to: End; readonly via: readonly Point[] } | undefined;
  /** Boxes of groups under a drag, by place in the document. */
  readonly groupDrafts: Map<number, Bounds>;
  /** The group that keys act on. */
  group: number | undefined;
  /** The input whose link a dragged node would be put into. */
  insertion: End | undefined;
  /** What is under the resting pointer, for marks that show only then. */
  pointed: { readonly link: End } | undefined;
  /** A sentence that stays at a place for a moment. */
  bubble: { readonly at: Point; readonly text: string } | undefined;
  /** Something that is drawn has changed. */
  redraw(): void;
  /** The view has moved over what is drawn; its scale may have changed too. */
  redrawMoved(): void;
  readonly select: (ids: Iterable<NodeId>) => void;
}

/** The node's view. @throws Error when the scene has no such node: a bug. */
export function viewOf(context: EditorContext, id: NodeId): NodeView {
  const view = context.scene.views.get(id);
  if (!view) throw new Error(`The scene has no node ${id}`);
  return view;
}

/** A client point in graph coordinates. */
export function toGraph(context: EditorContext, x: number, y: number): Point {
  const box = context.element.getBoundingClientRect();
  const { scale, offset } = context.stage.view.ds;
  return [(x - box.left) / scale - (offset[0] ?? 0), (y - box.top) / scale - (offset[1] ?? 0)];
}

/** A graph point in client coordinates. */
export function toClient(context: EditorContext, [x, y]: Point): Point {
  const box = context.element.getBoundingClientRect();
  const { scale, offset } = context.stage.view.ds;
  return [(x + (offset[0] ?? 0)) * scale + box.left, (y + (offset[1] ?? 0)) * scale + box.top];
}
