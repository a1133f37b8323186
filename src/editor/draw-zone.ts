import { texts } from '../texts/texts.js';
import type { CanvasTheme } from './canvas-theme.js';
import type { EditorContext } from './editor-context.js';
import { geometryOf, positionOf } from './node-view.js';
import { socketAt } from './geometry.js';
import type { ZoneRunView } from './run-view.js';
import { socketStyle, traceSocket } from './socket-style.js';
import { fitText, fonts, textWidth } from './text.js';
import type { Zone } from '../core/graph/zones.js';
import {
  scrubberTrack,
  shownPass,
  stripFrames,
  trackX,
  zoneCaption,
  zoneHeader,
  type Area,
} from './zone-view.js';

/** Draws a zone's tinted body behind links and nodes. */
export function drawZoneBody(
  canvas: CanvasRenderingContext2D,
  [x, y, width, height]: Area,
  theme: CanvasTheme,
): void {
  canvas.save();
  canvas.beginPath();
  canvas.roundRect(x, y, width, height, 14);
  canvas.globalAlpha = theme.isLight ? 0.1 : 0.09;
  canvas.fillStyle = theme.zone;
  canvas.fill();
  canvas.globalAlpha = 0.55;
  canvas.lineWidth = 1.5;
  canvas.setLineDash([8, 6]);
  canvas.strokeStyle = theme.zone;
  canvas.stroke();
  canvas.restore();
}

/** Draws a zone's header above the links: title with the passes, scrubber; carried values on the edges; filmstrip. */
export function drawZoneHeader(
  editor: EditorContext,
  canvas: CanvasRenderingContext2D,
  zone: Zone,
  area: Area,
): void {
  const { theme } = editor;
  const run = editor.run.zone(zone.start);
  canvas.save();
  drawPlate(canvas, zoneHeader(area), theme);
  const track = scrubberTrack(area, run);
  drawCaption(editor, canvas, area, (track?.[0] ?? area[0] + area[2]) - area[0], run);
  drawScrubber(canvas, track, run, theme);
  drawCarried(editor, canvas, zone, area);
  if (editor.options.showsFilmstrip) drawStrip(editor, canvas, zone, area, run);
  canvas.restore();
}

/** Title and passes; from afar they grow as far as the header has room. */
function drawCaption(
  { theme, stage }: EditorContext,
  canvas: CanvasRenderingContext2D,
  [x, y]: Area,
  width: number,
  run: ZoneRunView | undefined,
): void {
  const grown = Math.min(2, Math.max(1, 0.8 / stage.view.ds.scale));
  canvas.save();
  canvas.translate(x, y + 20);
  canvas.scale(grown, grown);
  canvas.textAlign = 'left';
  canvas.textBaseline = 'middle';
  canvas.font = fonts.zone;
  canvas.fillStyle = theme.zone;
  const title = texts().canvas.zone.title;
  canvas.fillText(title, 36, 0);
  drawLoopMark(canvas, 20, 0);
  canvas.font = fonts.label;
  canvas.fillStyle = theme.textDim;
  const left = 44 + textWidth(title, 'zone');
  const room = (width - 14) / grown - left;
  canvas.fillText(fitText(zoneCaption(run), 'label', room), left, 0);
  canvas.restore();
}

/** Links pass behind the header. */
function drawPlate(
  canvas: CanvasRenderingContext2D,
  [x, y, width, height]: Area,
  theme: CanvasTheme,
): void {
  canvas.beginPath();
  canvas.roundRect(x + 1, y + 1, width - 2, height - 2, [13, 13, 0, 0]);
  canvas.fillStyle = theme.canvas;
  canvas.fill();
  canvas.globalAlpha = theme.isLight ? 0.16 : 0.14;
  canvas.fillStyle = theme.zone;
  canvas.fill();
  canvas.globalAlpha = 1;
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
  track: Area | undefined,
  run: ZoneRunView | undefined,
  theme: CanvasTheme,
): void {
  if (!track || !run?.passes) return;
  const [first] = run.passes;
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
  context.beginPath();
  context.arc(trackX(track, shownPass(run), run), middle, 8, 0, Math.PI * 2);
  context.fillStyle = theme.zone;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = theme.canvas;
  context.stroke();
}

/** What goes round: a mark for every carried value on both edges, at the height of its sockets. */
function drawCarried(
  { scene, theme }: EditorContext,
  canvas: CanvasRenderingContext2D,
  zone: Zone,
  [x, , width]: Area,
): void {
  const carried = scene.views.get(zone.start)?.face.carried ?? {};
  for (const [name, type] of Object.entries(carried)) {
    const style = socketStyle(type, theme.isLight);
    for (const [id, edge, side] of [
      [zone.start, x, 'output'],
      [zone.end, x + width, 'input'],
    ] as const) {
      const view = scene.views.get(id);
      if (!view) continue;
      const [nodeX, nodeY] = positionOf(view);
      const geometry = geometryOf(view);
      const y = nodeY + socketAt(geometry, side, name)[1];
      canvas.beginPath();
      canvas.setLineDash([2, 4]);
      canvas.moveTo(edge, y);
      canvas.lineTo(side === 'output' ? nodeX : nodeX + geometry.width, y);
      canvas.lineWidth = 1.5;
      canvas.strokeStyle = style.color;
      canvas.stroke();
      canvas.setLineDash([]);
      canvas.beginPath();
      traceSocket(canvas, style.shape, edge, y, 6);
      canvas.fillStyle = style.color;
      canvas.fill();
      canvas.lineWidth = 2;
      canvas.strokeStyle = theme.canvas;
      canvas.stroke();
    }
  }
}

function drawStrip(
  editor: EditorContext,
  canvas: CanvasRenderingContext2D,
  zone: Zone,
  area: Area,
  run: ZoneRunView | undefined,
): void {
  const { theme } = editor;
  const isLegible = editor.stage.view.ds.scale > 0.5;
  const frames = stripFrames(area, editor.run.strip?.(zone.start) ?? []);
  canvas.font = fonts.small;
  canvas.textBaseline = 'middle';
  if (frames.length === 0 || !run) {
    canvas.textAlign = 'left';
    canvas.fillStyle = theme.textDim;
    if (isLegible)
      canvas.fillText(texts().canvas.zone.noPictures, area[0] + 28, area[1] + area[3] - 44);
    return;
  }
  const shown = shownPass(run);
  const nearest = frames.reduce((best, frame) =>
    Math.abs(frame.pass - shown) < Math.abs(best.pass - shown) ? frame : best,
  );
  for (const frame of frames) {
    const [x, y, width, height] = frame.box;
    canvas.imageSmoothingEnabled = frame.bitmap.width >= 64;
    canvas.drawImage(frame.bitmap, x, y, width, height);
    canvas.imageSmoothingEnabled = true;
    canvas.beginPath();
    canvas.roundRect(x - 0.5, y - 0.5, width + 1, height + 1, 3);
    canvas.lineWidth = frame === nearest ? 3 : 1;
    canvas.strokeStyle = frame === nearest ? theme.zone : theme.outline;
    canvas.stroke();
    if (!isLegible) continue;
    canvas.textAlign = 'center';
    canvas.fillStyle = frame === nearest ? theme.zone : theme.textDim;
    const number = frame.pass - (run.passes?.[0] ?? 0) + 1;
    canvas.fillText(String(number), x + width / 2, y + height + 10);
  }
}
