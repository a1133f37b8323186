import { contain, drawNote, pictureArea, pictureAt, type Box } from './draw-pictures.js';
import { geometryOf, type NodeView } from './node-view.js';
import type { NodeLens, NodePicture } from './run-view.js';

/** Where the picture under a place of a node lies, in node coordinates; undefined when it shows none. */
export function picturePlace(
  view: NodeView,
  pictures: readonly NodePicture[],
  x: number,
): Box | undefined {
  const geometry = geometryOf(view);
  if (!geometry.picture) return undefined;
  const area = pictureArea(geometry, geometry.picture);
  const isWiped = pictures.length === 2 && view.face.outputs.length === 0;
  return pictureAt(area, pictures, isWiped, x);
}

/** Draws what a lens shows on a node's first picture: a cross where it asks, or a glow where it looks on the darkened picture. */
export function drawLens(
  context: CanvasRenderingContext2D,
  view: NodeView,
  pictures: readonly NodePicture[],
  lens: NodeLens,
): void {
  const place = picturePlace(view, pictures, 0);
  if (!place) return;
  if (lens.kind === 'asks') {
    drawCross(context, place.x + lens.at[0] * place.width, place.y + lens.at[1] * place.height);
    return;
  }
  context.fillStyle = '#0009';
  context.fillRect(place.x, place.y, place.width, place.height);
  const middle = contain(place, lens.heat.width, lens.heat.height);
  context.imageSmoothingEnabled = true;
  context.drawImage(lens.heat, middle.x, middle.y, middle.width, middle.height);
  drawNote(context, place, lens.note, 'top');
}

function drawCross(context: CanvasRenderingContext2D, x: number, y: number): void {
  for (const [color, width] of [
    ['#000c', 4],
    ['#fff', 2],
  ] as const) {
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
}
