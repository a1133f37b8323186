import type { MaskPoint, MaskRegions, MaskSheet } from './mask-painting.js';
import { readable, widestPlaces } from './part-labels.js';
import { placeSeenAt, type MaskView } from './mask-view.js';

/** What the mask editor shows. */
export interface MaskScene {
  readonly picture: CanvasImageSource | undefined;
  readonly sheet: MaskSheet;
  /** The part of the sheet that fills the canvas. */
  readonly view: MaskView;
  readonly regions: MaskRegions | undefined;
  /** The part under each cell, and the one under the pointer. */
  readonly under: Int16Array | undefined;
  readonly hovered: number;
  readonly cursor: MaskPoint | undefined;
  /** In cells. */
  readonly radius: number;
  /** Whether the brush's ring is drawn. */
  readonly hasRing: boolean;
  readonly isPenDown: boolean;
}

type Pen = CanvasRenderingContext2D;

/** Draws picture, mask, parts and brush as far as they are seen, over the whole canvas. */
export function drawMask(
  canvas: HTMLCanvasElement,
  scene: MaskScene,
  veil: HTMLCanvasElement,
): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const { width, height } = canvas;
  const { picture, sheet, view } = scene;
  const cell = (width / sheet.width) * view.zoom;
  pen.clearRect(0, 0, width, height);
  pen.save();
  pen.translate(-view.left * cell, -view.top * cell);
  const [wide, high] = [width * view.zoom, height * view.zoom];
  pen.imageSmoothingEnabled = true;
  if (picture) pen.drawImage(picture, 0, 0, wide, high);
  paintVeil(veil, sheet, colorOf(canvas));
  // Near by, the cells are seen as they are.
  pen.imageSmoothingEnabled = view.zoom < 4;
  pen.drawImage(veil, 0, 0, wide, high);
  if (scene.regions && scene.under) drawRegions(pen, scene, scene.regions, scene.under, cell);
  if (scene.cursor) drawCursor(pen, scene, scene.cursor, cell);
  pen.restore();
}

/** Where a place of the window lies on a canvas, in shares of its width and height. */
export function shareUnder(canvas: HTMLCanvasElement | null, [x, y]: MaskPoint): MaskPoint {
  const box = canvas?.getBoundingClientRect();
  if (!box) return [0, 0];
  return [(x - box.left) / box.width, (y - box.top) / box.height];
}

/** The place of a pointer on the sheet that a canvas shows, in cells. */
export function placeUnder(
  canvas: HTMLCanvasElement | null,
  view: MaskView,
  sheet: MaskSheet,
  { clientX, clientY }: Pick<PointerEvent, 'clientX' | 'clientY'>,
): MaskPoint {
  return placeSeenAt(view, sheet, shareUnder(canvas, [clientX, clientY]));
}

/** The accent of the theme as red, green and blue. */
function colorOf(element: HTMLElement): readonly [number, number, number] {
  const hex = getComputedStyle(element).getPropertyValue('--cw-accent').trim().slice(1);
  const value = Number.parseInt(hex, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** The foreground in the accent's colour, the background darkened, so that both are told without colour. */
function paintVeil(
  veil: HTMLCanvasElement,
  { width, height, values }: MaskSheet,
  [red, green, blue]: readonly [number, number, number],
): void {
  veil.width = width;
  veil.height = height;
  const pixels = new ImageData(width, height);
  values.forEach((value, i) => {
    const share = value / 255;
    pixels.data[4 * i] = red * share;
    pixels.data[4 * i + 1] = green * share;
    pixels.data[4 * i + 2] = blue * share;
    pixels.data[4 * i + 3] = 115 + 25 * share;
  });
  veil.getContext('2d')?.putImageData(pixels, 0, 0);
}

/** The borders between parts, the one under the pointer lit, and every part's score over the mean of the others. */
function drawRegions(
  pen: Pen,
  scene: MaskScene,
  regions: MaskRegions,
  under: Int16Array,
  cell: number,
): void {
  const { width, height } = scene.sheet;
  const border = new Path2D();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const part = under[y * width + x] ?? -1;
      if (part >= 0 && part === scene.hovered) {
        pen.fillStyle = '#ffffff40';
        pen.fillRect(x * cell, y * cell, cell + 0.5, cell + 0.5);
      }
      if (x + 1 < width && under[y * width + x + 1] !== part) {
        border.moveTo((x + 1) * cell, y * cell);
        border.lineTo((x + 1) * cell, (y + 1) * cell);
      }
      if (y + 1 < height && under[(y + 1) * width + x] !== part) {
        border.moveTo(x * cell, (y + 1) * cell);
        border.lineTo((x + 1) * cell, (y + 1) * cell);
      }
    }
  }
  outlined(pen, border, 1);
  drawScores(pen, scene, regions, under, cell);
}

/** The score of each part where it is widest, the one under the pointer before all, then the highest first. */
function drawScores(
  pen: Pen,
  { sheet, view, hovered }: MaskScene,
  { scores, meanScore }: MaskRegions,
  under: Int16Array,
  cell: number,
): void {
  const lineHeight = Math.max(11, Math.round((cell / view.zoom) * 4));
  pen.font = `600 ${String(lineHeight)}px ${getComputedStyle(pen.canvas).fontFamily}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  const places = widestPlaces(under, sheet, scores.length);
  const rank = (part: number): number => (part === hovered ? Infinity : (scores[part] ?? 0));
  const labels = [...scores.keys()]
    .sort((a, b) => rank(b) - rank(a))
    .flatMap((part) => {
      const place = places[part];
      const text = meanScore > 0 ? `${((scores[part] ?? 0) / meanScore).toFixed(2)}×` : '0';
      return place ? [{ text, at: [place[0] * cell, place[1] * cell] as const }] : [];
    });
  const widthOf = (text: string): number => pen.measureText(text).width;
  for (const { text, at } of readable(labels, widthOf, lineHeight)) {
    pen.lineWidth = 4;
    pen.strokeStyle = '#000000b0';
    pen.strokeText(text, ...at);
    pen.fillStyle = '#ffffff';
    pen.fillText(text, ...at);
  }
}

function drawCursor(pen: Pen, scene: MaskScene, [x, y]: MaskPoint, cell: number): void {
  const ring = new Path2D();
  if (scene.hasRing) ring.arc(x * cell, y * cell, Math.max(3, (scene.radius + 0.5) * cell), 0, 7);
  ring.moveTo(x * cell - 4, y * cell);
  ring.lineTo(x * cell + 4, y * cell);
  ring.moveTo(x * cell, y * cell - 4);
  ring.lineTo(x * cell, y * cell + 4);
  outlined(pen, ring, scene.isPenDown ? 2.5 : 1.25);
}

/** White on black: seen on every picture. */
function outlined(pen: Pen, path: Path2D, width: number): void {
  pen.strokeStyle = '#000000b0';
  pen.lineWidth = width + 2;
  pen.stroke(path);
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = width;
  pen.stroke(path);
}
