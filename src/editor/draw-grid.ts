import type { CanvasTheme } from './canvas-theme.js';

const step = 24;

/** Fills the visible area and dots it; the dots thin out as one zooms away. */
export function drawGrid(
  context: CanvasRenderingContext2D,
  visible: ArrayLike<number>,
  scale: number,
  theme: CanvasTheme,
): void {
  const [x = 0, y = 0, width = 0, height = 0] = Array.from(visible);
  context.fillStyle = theme.canvas;
  context.fillRect(x, y, width, height);
  const spacing = scale > 0.6 ? step : scale > 0.28 ? step * 2 : step * 4;
  const size = Math.max(1.2, 1.4 / scale);
  context.fillStyle = theme.grid;
  context.beginPath();
  for (let gx = Math.floor(x / spacing) * spacing; gx < x + width; gx += spacing) {
    for (let gy = Math.floor(y / spacing) * spacing; gy < y + height; gy += spacing) {
      context.rect(gx - size / 2, gy - size / 2, size, size);
    }
  }
  context.fill();
}
