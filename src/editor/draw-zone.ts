import type { CanvasTheme } from './canvas-theme.js';
import type { ZoneRunView } from './run-view.js';
import { fonts, textWidth } from './text.js';
import { scrubberTrack, trackX, zoneCaption, type Area } from './zone-view.js';

/** Draws a zone behind its nodes: tint, dashed edge, title with the passes, scrubber. */
export function drawZone(
  context: CanvasRenderingContext2D,
  area: Area,
  run: ZoneRunView | undefined,
  theme: CanvasTheme,
): void {
  const [x, y, width, height] = area;
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, 14);
  context.globalAlpha = theme.isLight ? 0.1 : 0.09;
  context.fillStyle = theme.zone;
  context.fill();
  context.globalAlpha = 0.55;
  context.lineWidth = 1.5;
  context.setLineDash([8, 6]);
  context.strokeStyle = theme.zone;
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = fonts.zone;
  context.fillStyle = theme.zone;
  const middle = y + 20;
  context.fillText('Denoise', x + 36, middle);
  drawLoopMark(context, x + 20, middle);
  context.font = fonts.label;
  context.fillStyle = theme.textDim;
  context.fillText(zoneCaption(run), x + 44 + textWidth('Denoise', 'zone'), middle);
  drawScrubber(context, area, run, theme);
  context.restore();
}

/** A circle that bites its tail: what is inside runs again and again. */
function drawLoopMark(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1.8;
  context.lineCap = 'round';
  context.beginPath();
  context.arc(x, y, 6, -0.3, Math.PI * 1.55);
  context.stroke();
  context.beginPath();
  context.moveTo(x - 2.5, y - 9);
  context.lineTo(x + 1, y - 6);
  context.lineTo(x - 2, y - 2.5);
  context.stroke();
}

function drawScrubber(
  context: CanvasRenderingContext2D,
  area: Area,
  run: ZoneRunView | undefined,
  theme: CanvasTheme,
): void {
  const track = scrubberTrack(area, run);
  if (!track || !run?.passes) return;
  const [first, end] = run.passes;
  const [x, y, width, height] = track;
  const middle = y + height / 2;
  context.beginPath();
  context.roundRect(x, y, width, height, 3);
  context.fillStyle = theme.fieldLine;
  context.fill();
  const reached = trackX(track, first + run.finished - 1, run);
  context.beginPath();
  context.roundRect(x, y, Math.max(height, reached - x), height, 3);
  context.globalAlpha = 0.6;
  context.fillStyle = theme.zone;
  context.fill();
  context.globalAlpha = 1;
  const thumb = trackX(track, run.shown ?? Math.min(end - 1, first + run.finished - 1), run);
  context.beginPath();
  context.arc(thumb, middle, 8, 0, Math.PI * 2);
  context.fillStyle = theme.zone;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = theme.canvas;
  context.stroke();
}
