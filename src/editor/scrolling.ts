import type { LGraphCanvas } from 'litegraph.js/build/litegraph.core.js';

/** A rectangle: left, top, width, height. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** Draws a view that has only moved since the last frame. */
export interface Scrolling {
  /**
   * Shifts what the canvas shows and draws what came into view. False, and nothing is done, when the scale is another
   * one, when the view moved by a fraction of a device pixel, or when little of it would stay.
   */
  draw(): boolean;
  /** Remembers what the canvas shows now. */
  drawn(): void;
}

/** Makes it for a canvas whose element is `view.canvas`; `overlay` is in CSS pixels. */
export function createScrolling(
  view: LGraphCanvas,
  screen: () => { readonly ratio: number; readonly overlay: Box | undefined },
): Scrolling {
  const { ds, canvas } = view;
  let shown = { x: 0, y: 0, scale: 0, overlay: undefined as Box | undefined };
  return {
    drawn() {
      const { ratio, overlay } = screen();
      const scale = ds.scale * ratio;
      const [x = 0, y = 0] = ds.offset;
      shown = { x, y, scale, overlay: overlay && inDevicePixels(overlay, ratio) };
    },
    draw() {
      const { ratio, overlay } = screen();
      const scale = ds.scale * ratio;
      const context = canvas.getContext('2d');
      const dx = wholePixels(((ds.offset[0] ?? 0) - shown.x) * scale);
      const dy = wholePixels(((ds.offset[1] ?? 0) - shown.y) * scale);
      if (!context || scale !== shown.scale || dx === undefined || dy === undefined) return false;
      const { width, height } = canvas;
      if (Math.abs(dx) > width / 2 || Math.abs(dy) > height / 2) return false;
      context.globalCompositeOperation = 'copy';
      context.drawImage(canvas, dx, dy);
      context.globalCompositeOperation = 'source-over';
      const boxes = [...uncovered(width, height, dx, dy)];
      if (shown.overlay) {
        const [x, y, w, h] = shown.overlay;
        boxes.push([x + dx, y + dy, w, h]);
      }
      if (overlay) boxes.push(inDevicePixels(overlay, ratio));
      for (const box of boxes) drawWithin(view, box, scale);
      ds.computeVisibleArea();
      return true;
    },
  };
}

/** The whole number of pixels next to `distance`, unless that would blur or smear what is shifted. */
function wholePixels(distance: number): number | undefined {
  const whole = Math.round(distance);
  return Math.abs(whole - distance) < 0.05 ? whole : undefined;
}

/** The strips of a canvas that hold nothing once it was shifted. */
function uncovered(width: number, height: number, dx: number, dy: number): readonly Box[] {
  const boxes: Box[] = [];
  if (dx !== 0) boxes.push([dx > 0 ? 0 : width + dx, 0, Math.abs(dx), height]);
  if (dy !== 0) boxes.push([0, dy > 0 ? 0 : height + dy, width, Math.abs(dy)]);
  return boxes;
}

function inDevicePixels([x, y, width, height]: Box, ratio: number): Box {
  const left = Math.floor(x * ratio) - 2;
  const top = Math.floor(y * ratio) - 2;
  return [left, top, Math.ceil(width * ratio) + 4, Math.ceil(height * ratio) + 4];
}

/** Draws everything that touches a box of device pixels, and nothing outside it. */
function drawWithin(view: LGraphCanvas, box: Box, scale: number): void {
  const [x, y, width, height] = box;
  const [left = 0, top = 0] = view.ds.offset;
  view.visible_area.set([x / scale - left, y / scale - top, width / scale, height / scale]);
  view.viewport = box;
  view.drawFrontCanvas();
  view.viewport = undefined;
}
