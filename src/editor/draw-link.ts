import type { CanvasTheme } from './canvas-theme.js';
import { socketStyle } from './socket-style.js';

/** How a link is drawn. */
export interface LinkLook {
  readonly theme: CanvasTheme;
  readonly type: string;
  /** Touches a selected node. */
  readonly isStrong: boolean;
  /** Something else is selected: step back. */
  readonly isDim: boolean;
  /** Carries what a muted or missing node would give. */
  readonly isBroken: boolean;
}

/** Draws a link as a horizontal S-curve in its type's colour, edged so that crossings read. */
export function drawLink(
  context: CanvasRenderingContext2D,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  look: LinkLook,
): void {
  context.save();
  context.lineCap = 'round';
  context.globalAlpha = look.isDim ? 0.4 : 1;
  traceLink(context, from, to);
  context.lineWidth = look.isStrong ? 6 : 5;
  context.strokeStyle = look.theme.canvas;
  context.stroke();
  if (look.isBroken) context.setLineDash([6, 6]);
  context.lineWidth = look.isStrong ? 3 : 2;
  context.strokeStyle = look.isBroken
    ? look.theme.error
    : socketStyle(look.type, look.theme.isLight).color;
  context.stroke();
  context.restore();
}

/** Begins a path along a link. */
export function traceLink(
  context: CanvasRenderingContext2D,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): void {
  const [x1 = 0, y1 = 0] = [from[0], from[1]];
  const [x2 = 0, y2 = 0] = [to[0], to[1]];
  const reach = bend(x1, y1, x2, y2);
  context.beginPath();
  context.moveTo(x1, y1);
  context.bezierCurveTo(x1 + reach, y1, x2 - reach, y2, x2, y2);
}

/** The point of a link at `t` of its way, for hit tests. */
export function pointOnLink(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  t: number,
): readonly [number, number] {
  const [x1 = 0, y1 = 0] = [from[0], from[1]];
  const [x2 = 0, y2 = 0] = [to[0], to[1]];
  const reach = bend(x1, y1, x2, y2);
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * x1 + b * (x1 + reach) + c * (x2 - reach) + d * x2, (a + b) * y1 + (c + d) * y2];
}

function bend(x1: number, y1: number, x2: number, y2: number): number {
  const along = Math.abs(x2 - x1);
  const distance = Math.hypot(along, y2 - y1);
  // A link that runs backwards needs room to turn.
  return x2 >= x1
    ? Math.max(24, Math.min(distance * 0.4, along * 0.5 + 40))
    : Math.min(160, distance * 0.4 + 40);
}
