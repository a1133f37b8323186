import type { Point } from '../intents.js';
import { boundsOf } from '../node-view.js';
import type { Begin } from './gesture.js';

/** Draws a rectangle and selects the nodes it touches, added to what was selected. */
export const beginSelecting: Begin = (context, start) => {
  const before = [...context.selection];
  const clear = (): void => {
    context.rectangle = undefined;
    context.redraw();
  };
  return {
    pansAtEdge: true,
    move({ graph }) {
      context.rectangle = [start.graph, graph];
      const touched = [...context.scene.views.values()].filter((view) =>
        overlaps(boundsOf(view), start.graph, graph),
      );
      context.select([...before, ...touched.map(({ face }) => face.id)]);
    },
    end: clear,
    cancel() {
      clear();
      context.select(before);
    },
  };
};

function overlaps(
  [x, y, width, height]: readonly [number, number, number, number],
  a: Point,
  b: Point,
): boolean {
  return (
    x < Math.max(a[0], b[0]) &&
    x + width > Math.min(a[0], b[0]) &&
    y < Math.max(a[1], b[1]) &&
    y + height > Math.min(a[1], b[1])
  );
}
