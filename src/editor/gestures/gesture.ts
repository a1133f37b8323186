import { toGrid } from '../canvas-options.js';
import type { EditorContext } from '../editor-context.js';
import type { Point } from '../intents.js';
import type { NodeView } from '../node-view.js';

/** A pointer's state, as gestures need it. */
export interface Pointer {
  /** In client pixels. */
  readonly client: Point;
  /** In graph coordinates. */
  readonly graph: Point;
  readonly isTouch: boolean;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
}

/** What a pressed pointer does until it is let go. */
export interface Gesture {
  /** Whether the view moves on while the pointer is held at the canvas' edge. */
  readonly pansAtEdge?: boolean;
  move(pointer: Pointer): void;
  /** The pointer was let go: the edit, if any, is made now. */
  end(pointer: Pointer): void;
  /** Something else took over: nothing may remain of the gesture. */
  cancel(): void;
}

/** Pixels a pointer may tremble before a press becomes a drag. */
export const slop = 4;

/** Whether a pointer has left the place where it was pressed. */
export function hasMoved(from: Pointer, to: Pointer): boolean {
  const [dx, dy] = [to.client[0] - from.client[0], to.client[1] - from.client[1]];
  return Math.hypot(dx, dy) > (to.isTouch ? slop * 2 : slop);
}

/** How far a drag from `start` moves what stood at `from`: to the grid, where the setting or Shift wants it. */
export function dragOffset(
  { options }: EditorContext,
  start: Pointer,
  pointer: Pointer,
  [x, y]: Point,
): Point {
  const snaps = options.snapsToGrid !== pointer.shift;
  return [
    toGrid(x + pointer.graph[0] - start.graph[0], snaps) - x,
    toGrid(y + pointer.graph[1] - start.graph[1], snaps) - y,
  ];
}

/** Shows nodes as if they stood `offset` from where they are. */
export function draftMoved(nodes: readonly NodeView[], [dx, dy]: Point): void {
  for (const node of nodes) {
    node.draft = { pos: [node.layout.pos[0] + dx, node.layout.pos[1] + dy] };
  }
}

/** Starts a gesture at a pointer. */
export type Begin = (context: EditorContext, pointer: Pointer) => Gesture;
