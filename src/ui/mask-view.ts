import type { MaskPoint, MaskSheet } from './mask-painting.js';

/** Which part of a sheet is seen: how much it is enlarged, and the place in cells at the upper left of the canvas. */
export interface MaskView {
  /** 1 shows the whole sheet. */
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

type Size = Pick<MaskSheet, 'width' | 'height'>;

/** The whole sheet. */
export const wholeView: MaskView = { zoom: 1, left: 0, top: 0 };

/** How far a sheet is enlarged at most. */
const mostZoom = 8;

/** The place of the sheet, in cells, that is seen at a share (0..1 of width and height) of the canvas. */
export function placeSeenAt(
  { zoom, left, top }: MaskView,
  { width, height }: Size,
  [x, y]: MaskPoint,
): MaskPoint {
  return [left + (x * width) / zoom, top + (y * height) / zoom];
}

/** The share of the canvas at which a place of the sheet is seen; outside 0..1 when it is not. */
export function shareOf(
  { zoom, left, top }: MaskView,
  { width, height }: Size,
  [x, y]: MaskPoint,
): MaskPoint {
  return [((x - left) * zoom) / width, ((y - top) * zoom) / height];
}

/**
 * The view enlarged by a factor, so that what was seen at the share `from` of the canvas is seen at `to`; it is enlarged
 * no less than once, no more than 8 times, and shows nothing beside the sheet.
 */
export function turnedView(
  view: MaskView,
  size: Size,
  factor: number,
  from: MaskPoint,
  to: MaskPoint = from,
): MaskView {
  const zoom = Math.min(mostZoom, Math.max(1, view.zoom * factor));
  const [x, y] = placeSeenAt(view, size, from);
  return inside(size, {
    zoom,
    left: x - (to[0] * size.width) / zoom,
    top: y - (to[1] * size.height) / zoom,
  });
}

/** The view moved as little as shows a place, with a margin of a tenth of what is seen. */
export function viewWith(view: MaskView, size: Size, [x, y]: MaskPoint): MaskView {
  const along = (start: number, length: number, at: number): number => {
    const seen = length / view.zoom;
    return Math.min(at - 0.1 * seen, Math.max(at - 0.9 * seen, start));
  };
  const left = along(view.left, size.width, x);
  const top = along(view.top, size.height, y);
  return inside(size, { ...view, left, top });
}

function inside({ width, height }: Size, { zoom, left, top }: MaskView): MaskView {
  const within = (at: number, length: number): number =>
    Math.min(length - length / zoom, Math.max(0, at));
  return { zoom, left: within(left, width), top: within(top, height) };
}
