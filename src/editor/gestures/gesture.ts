import type { EditorContext } from '../editor-context.js';
import type { Point } from '../intents.js';

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

/** Starts a gesture at a pointer. */
export type Begin = (context: EditorContext, pointer: Pointer) => Gesture;
