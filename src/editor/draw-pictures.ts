import type { CanvasTheme } from './canvas-theme.js';
import { measures, type NodeGeometry, type Row } from './geometry.js';
import type { NodePicture } from './run-view.js';
import { fitText, fonts } from './text.js';

/** A rectangle in node coordinates. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a node's pictures into its picture row: one fills the row, two with a wipe lie on each other, more
 * stand side by side.
 */
export function drawPictures(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: Row,
  pictures: readonly NodePicture[],
  theme: CanvasTheme,
  wipe: number | undefined,
): void {
  const box = pictureArea(geometry, row);
  const [first, second] = pictures;
  if (!first) {
    drawPlaceholder(context, box, theme);
    return;
  }
  if (second && pictures.length === 2 && wipe !== undefined) {
    drawWipe(context, box, first, second, wipe, theme);
    return;
  }
  const width = box.width / pictures.length;
  pictures.forEach((picture, index) => {
    const part = { ...box, x: box.x + index * width + (index > 0 ? 2 : 0), width: width - 2 };
    drawOne(context, part, picture, theme, pictures.length > 1);
  });
}

/** Where the pictures of a node lie. */
export function pictureArea(geometry: NodeGeometry, row: Row): Box {
  const inset = measures.pad - 2;
  return { x: inset, y: row.y, width: geometry.width - inset * 2, height: row.height };
}

/** The largest box of the picture's shape in the middle of `box`. */
export function contain(box: Box, width: number, height: number): Box {
  const scale = Math.min(box.width / width, box.height / height);
  const [w, h] = [width * scale, height * scale];
  return { x: box.x + (box.width - w) / 2, y: box.y + (box.height - h) / 2, width: w, height: h };
}

/** Where the picture under a place of the node lies: the only one, the two of a wipe, or one of several. */
export function pictureAt(
  box: Box,
  pictures: readonly NodePicture[],
  isWiped: boolean,
  x: number,
): Box | undefined {
  const count = isWiped ? 1 : pictures.length;
  const index = Math.max(0, Math.min(count - 1, Math.floor(((x - box.x) / box.width) * count)));
  const picture = pictures[index];
  const width = box.width / count;
  const part = { ...(count > 1 ? aboveLabel(box) : box), x: box.x + index * width, width };
  return picture && contain(part, picture.bitmap.width, picture.bitmap.height);
}

function drawPlaceholder(context: CanvasRenderingContext2D, box: Box, theme: CanvasTheme): void {
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 5);
  context.fillStyle = theme.field;
  context.fill();
  context.setLineDash([4, 4]);
  context.lineWidth = 1;
  context.strokeStyle = theme.fieldLine;
  context.stroke();
  context.setLineDash([]);
}

function drawOne(
  context: CanvasRenderingContext2D,
  box: Box,
  picture: NodePicture,
  theme: CanvasTheme,
  isLabelled: boolean,
): void {
  const room = isLabelled ? aboveLabel(box) : box;
  const place = contain(room, picture.bitmap.width, picture.bitmap.height);
  context.save();
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, 4);
  context.clip();
  drawBitmap(context, picture.bitmap, place);
  if (picture.note !== undefined) {
    drawNote(context, place, picture.note, 'bottom');
    drawBrokenLine(context, place, theme);
  }
  context.restore();
  if (!isLabelled) return;
  context.font = fonts.small;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = theme.textDim;
  context.fillText(
    fitText(picture.label, 'small', box.width),
    box.x + box.width / 2,
    place.y + place.height + 3,
  );
}

/** What is left of a box above the line that names its picture. */
function aboveLabel(box: Box): Box {
  return { ...box, height: Math.max(1, box.height - 15) };
}

/** Words on a dark bar along an edge of a picture. */
export function drawNote(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  note: string,
  edge: 'top' | 'bottom',
): void {
  const bar = 18;
  const top = edge === 'top' ? y : y + height - bar;
  context.fillStyle = '#000000c0';
  context.fillRect(x, top, width, bar);
  context.font = fonts.small;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = '#ffffff';
  context.fillText(fitText(note, 'small', width - 8), x + width / 2, top + bar / 2);
}

/** Marks a picture that is not the last. */
function drawBrokenLine(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  theme: CanvasTheme,
): void {
  context.setLineDash([5, 4]);
  context.lineWidth = 3;
  context.strokeStyle = theme.warning;
  context.strokeRect(x, y, width, height);
  context.setLineDash([]);
}

function drawWipe(
  context: CanvasRenderingContext2D,
  box: Box,
  left: NodePicture,
  right: NodePicture,
  wipe: number,
  theme: CanvasTheme,
): void {
  const place = contain(box, right.bitmap.width, right.bitmap.height);
  const edge = place.x + place.width * wipe;
  context.save();
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, 4);
  context.clip();
  drawBitmap(context, right.bitmap, place);
  context.beginPath();
  context.rect(place.x, place.y, edge - place.x, place.height);
  context.clip();
  drawBitmap(context, left.bitmap, place);
  context.restore();
  context.lineWidth = 1.5;
  context.strokeStyle = theme.accent;
  context.beginPath();
  context.moveTo(edge, place.y);
  context.lineTo(edge, place.y + place.height);
  context.stroke();
}

/** Small pictures keep hard pixels: a 16 by 16 latent preview is squares, not fog. */
function drawBitmap(context: CanvasRenderingContext2D, bitmap: ImageBitmap, place: Box): void {
  context.imageSmoothingEnabled = bitmap.width >= 64;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, place.x, place.y, place.width, place.height);
  context.imageSmoothingEnabled = true;
}
