import { toGraph, type EditorContext } from './editor-context.js';
import type { Gesture, Pointer } from './gestures/gesture.js';

const edge = 28;
const pixelsPerFrame = 14;

/** Moves the view while a dragging pointer is held at the canvas' edge. */
export interface EdgePan {
  follow(gesture: Gesture, pointer: Pointer): void;
  stop(): void;
}

/** Makes one for a canvas. */
export function createEdgePan(context: EditorContext): EdgePan {
  let frame = 0;
  let held: { readonly gesture: Gesture; readonly pointer: Pointer } | undefined;

  const step = (): void => {
    frame = 0;
    if (!held) return;
    const { gesture, pointer } = held;
    const [dx, dy] = pushAt(context.element, pointer);
    if (dx === 0 && dy === 0) return;
    const { ds } = context.stage.view;
    ds.offset[0] = (ds.offset[0] ?? 0) - dx / ds.scale;
    ds.offset[1] = (ds.offset[1] ?? 0) - dy / ds.scale;
    gesture.move({ ...pointer, graph: toGraph(context, ...pointer.client) });
    context.redraw();
    frame = requestAnimationFrame(step);
  };
  return {
    follow(gesture, pointer) {
      held = { gesture, pointer };
      if (frame === 0) frame = requestAnimationFrame(step);
    },
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
      held = undefined;
    },
  };
}

/** CSS pixels by which the view moves in a frame. */
function pushAt(element: Element, { client }: Pointer): readonly [number, number] {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const push = (low: number, at: number, high: number): number => {
    const into = at - low < edge ? at - low - edge : high - at < edge ? edge - (high - at) : 0;
    return Math.max(-1, Math.min(1, into / edge)) * pixelsPerFrame;
  };
  return [push(left, client[0], right), push(top, client[1], bottom)];
}
