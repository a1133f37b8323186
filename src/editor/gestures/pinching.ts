import type { EditorContext } from '../editor-context.js';
import type { Point } from '../intents.js';

/** Two fingers: their middle pans, their distance zooms. Fed with both fingers' client points. */
export function createPinch(
  context: EditorContext,
  a: Point,
  b: Point,
): (first: Point, second: Point) => void {
  let [lastMiddle, lastDistance] = [middleOf(a, b), distanceOf(a, b)];
  return (first, second) => {
    const { ds } = context.stage.view;
    const middle = middleOf(first, second);
    const distance = distanceOf(first, second);
    const box = context.element.getBoundingClientRect();
    ds.offset[0] = (ds.offset[0] ?? 0) + (middle[0] - lastMiddle[0]) / ds.scale;
    ds.offset[1] = (ds.offset[1] ?? 0) + (middle[1] - lastMiddle[1]) / ds.scale;
    if (lastDistance > 0) {
      ds.changeScale((ds.scale * distance) / lastDistance, [
        middle[0] - box.left,
        middle[1] - box.top,
      ]);
    }
    [lastMiddle, lastDistance] = [middle, distance];
    context.redrawMoved();
  };
}

function middleOf(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function distanceOf(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
