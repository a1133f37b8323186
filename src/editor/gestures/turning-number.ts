import type { EditorContext } from '../editor-context.js';
import type { NodeView } from '../node-view.js';
import { snap, stepOf, type NumberSpec } from '../number-step.js';
import { hasMoved, type Gesture, type Pointer } from './gesture.js';

/** Drags a number sideways: one step for every few pixels, ten with Shift, a tenth with Ctrl. */
export function beginTurningNumber(
  context: EditorContext,
  start: Pointer,
  view: NodeView,
  name: string,
  spec: NumberSpec,
  value: number,
  onClick: () => void,
): Gesture {
  const { id } = view.face;
  let isDrag = false;
  let current = value;
  const clear = (): void => {
    context.draft = undefined;
    context.redraw();
  };
  return {
    move(pointer) {
      isDrag ||= hasMoved(start, pointer);
      if (!isDrag) return;
      const range = spec.max - spec.min;
      const step = stepOf(spec);
      // The whole field is the whole range when the range is small; long ranges go step by step.
      const perPixel = Math.max(step / 4, Math.min(step, range / 200));
      const factor = pointer.shift ? 10 : pointer.ctrl ? 0.1 : 1;
      const raw = value + (pointer.client[0] - start.client[0]) * perPixel * factor;
      current = snap(spec, raw);
      context.draft = { id, name, value: current };
      context.redraw();
    },
    end() {
      clear();
      if (!isDrag) onClick();
      else if (current !== value)
        context.host.edit({ kind: 'set', id, values: { [name]: current } });
    },
    cancel: clear,
  };
}
