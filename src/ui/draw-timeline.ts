import { drawAxis, runs } from './draw-timeline-axis.js';
import type { TimelineColors } from './timeline-colors.js';
import { axisHeight, passX, valueY, type TimelineLayout } from './timeline-layout.js';
import {
  isDrawnAxis,
  isDrawnLane,
  isOtherTimeline,
  type DrawnTimeline,
  type TimelineCursor,
} from './timeline-memory.js';
import type { TimelineLane, TimelineView } from './timeline-model.js';

type Pen = CanvasRenderingContext2D;

/** How far above and below a lane anything of it is drawn; whole pixels, so that clearing leaves no shade. */
const margins = { above: 3, below: 4 };

/**
 * Draws the timeline; the pen is scaled to CSS pixels. Of a canvas that still shows `last`, only what looks otherwise is
 * drawn anew.
 */
export function drawTimeline(pen: Pen, next: DrawnTimeline, last?: DrawnTimeline): void {
  const { view, layout, colors, cursor } = next;
  const kept = last && !isOtherTimeline(last, next) ? last : undefined;
  const height = Math.max(layout.height, last?.layout.height ?? 0);
  if (!kept) pen.clearRect(0, 0, layout.width, height);
  pen.lineJoin = 'round';
  if (!kept || !isDrawnAxis(kept, next)) {
    pen.clearRect(0, 0, layout.width, axisHeight - margins.above);
    drawAxis(pen, view, layout, colors);
  }
  view.lanes.forEach((lane, row) => {
    const place = layout.lanes[row];
    if (!place || (kept && isDrawnLane(kept, next, row))) return;
    const { above, below } = margins;
    pen.clearRect(0, place.top - above, layout.width, place.height + above + below);
    drawLane(pen, view, layout, colors, row, lane, row === cursor.lane);
    if (row === cursor.lane) drawCursor(pen, view, layout, colors, cursor);
  });
}

function drawLane(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
  row: number,
  lane: TimelineLane,
  hasCursor: boolean,
): void {
  const { top, height } = layout.lanes[row] ?? { top: 0, height: 0 };
  drawBed(pen, view, layout, colors, row);
  if (lane.kind === 'number') drawCurve(pen, view, layout, colors, row, lane);
  else drawCells(pen, view, layout, colors, row, lane);
  pen.fillStyle = hasCursor ? colors.text : colors.dim;
  pen.font = `${hasCursor ? '600 ' : ''}12px ${colors.font}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(lane.label, 4, top + height / 2, layout.left - 8);
  drawMarks(pen, layout, colors, row, lane);
}

function drawBed(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
  row: number,
): void {
  const { top, height } = layout.lanes[row] ?? { top: 0, height: 0 };
  const start = passX(layout, view, 0);
  const end = passX(layout, view, view.steps - view.skip);
  pen.fillStyle = colors.field;
  pen.beginPath();
  pen.roundRect(start, top, end - start, height, 4);
  pen.fill();
  if (view.skip > 0) hatch(pen, layout.left, top, start - layout.left - 2, height, colors.line, 6);
}

/** Diagonal lines in a rectangle. */
function hatch(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
  distance: number,
): void {
  if (width <= 0) return;
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let at = Math.floor((x - height) / distance) * distance; at < x + width; at += distance) {
    pen.moveTo(at, y + height);
    pen.lineTo(at + height, y);
  }
  pen.stroke();
  pen.restore();
}

function drawCells(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
  row: number,
  lane: TimelineLane,
): void {
  const { top, height } = layout.lanes[row] ?? { top: 0, height: 0 };
  const space = layout.column > 5 ? 1 : 0;
  pen.font = `600 11px ${colors.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  runs(lane.cells, (value, first, end) => {
    if (value === 'own' || value === 'none' || typeof value !== 'string') return;
    const x = passX(layout, view, first);
    const width = Math.max(1, (end - first) * layout.column - space);
    const isStructure = value === 'structure';
    pen.fillStyle = lane.kind === 'mask' ? colors.accent : colorOf(colors, value);
    if (value === 'all') pen.fillStyle = colors.line;
    const inset = isStructure || isFurther(value) ? 0 : 4;
    pen.beginPath();
    pen.roundRect(x, top + inset, width, height - inset * 2, Math.min(3, width / 2));
    pen.fill();
    if (isStructure && width >= 2) {
      // Stripes and full height besides the colour.
      pen.globalAlpha = 0.4;
      hatch(pen, x, top, width, height, colors.ink, 5);
      pen.globalAlpha = 1;
    }
    const letters = lane.kind === 'mask' ? value : letterOf(value);
    if (value === 'all' || width < 2 + letters.length * 7) return;
    pen.fillStyle = colors.ink;
    pen.fillText(letters, x + width / 2, top + height / 2 + 0.5);
  });
  drawGrips(pen, view, layout, colors, row, lane);
}

function colorOf(colors: TimelineColors, value: string): string {
  if (value === 'structure' || isFurther(value)) return colors[value];
  return colors.appearance;
}

function isFurther(value: string): value is 'c' | 'd' | 'e' | 'f' {
  return /^[c-f]$/.test(value);
}

function letterOf(value: string): string {
  return value.charAt(0).toUpperCase();
}

/** What is wrong or odd about a lane: a triangle where it goes on past the axis, a bar where it cannot be read. */
function drawMarks(
  pen: Pen,
  layout: TimelineLayout,
  colors: TimelineColors,
  row: number,
  lane: TimelineLane,
): void {
  const { top, height } = layout.lanes[row] ?? { top: 0, height: 0 };
  pen.fillStyle = colors.stale;
  if (lane.isClipped) {
    const x = layout.width - 10;
    pen.beginPath();
    pen.moveTo(x, top + height / 2 - 5);
    pen.lineTo(x + 7, top + height / 2);
    pen.lineTo(x, top + height / 2 + 5);
    pen.fill();
  }
  if (lane.mistake !== undefined) pen.fillRect(layout.left - 5, top, 3, height);
  else if (lane.notes.length > 0) pen.fillRect(layout.left - 4, top + height / 2 - 2, 4, 4);
}

function drawGrips(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
  row: number,
  lane: TimelineLane,
): void {
  const { top, height } = layout.lanes[row] ?? { top: 0, height: 0 };
  const limit = passX(layout, view, view.steps - view.skip);
  pen.fillStyle = colors.dim;
  for (const { first, last } of lane.ranges) {
    if ((last - first + 1) * layout.column < 14) continue;
    for (const x of [passX(layout, view, first), passX(layout, view, last + 1)]) {
      if (x > limit + 0.5) continue;
      pen.beginPath();
      pen.roundRect(x - 1.5, top + height * 0.6, 3, height * 0.4 + 2, 1.5);
      pen.fill();
    }
  }
}

function drawCurve(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
  row: number,
  lane: TimelineLane,
): void {
  const middle = layout.column / 2;
  const one = valueY(layout, lane, row, 1);
  pen.strokeStyle = colors.line;
  pen.lineWidth = 1;
  pen.setLineDash([3, 4]);
  pen.beginPath();
  pen.moveTo(passX(layout, view, 0), one);
  pen.lineTo(passX(layout, view, view.steps - view.skip), one);
  pen.stroke();
  pen.setLineDash([]);
  pen.strokeStyle = colors.accent;
  pen.lineWidth = 2;
  pen.beginPath();
  let isDown = false;
  lane.cells.forEach((value, pass) => {
    if (typeof value !== 'number') {
      isDown = false;
      return;
    }
    const x = passX(layout, view, pass) + middle;
    const y = valueY(layout, lane, row, value);
    if (isDown) pen.lineTo(x, y);
    else {
      pen.moveTo(x - middle, y);
      pen.lineTo(x + middle, y);
      pen.moveTo(x, y);
    }
    isDown = true;
  });
  pen.stroke();
  drawGrips(pen, view, layout, colors, row, lane);
  pen.strokeStyle = colors.accent;
  pen.lineWidth = 2;
  for (const { pass, value } of lane.points) {
    if (pass >= view.steps - view.skip) continue;
    pen.beginPath();
    pen.arc(passX(layout, view, pass) + middle, valueY(layout, lane, row, value), 4, 0, 7);
    pen.fillStyle = colors.field;
    pen.fill();
    pen.stroke();
  }
}

function drawCursor(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
  { lane, from, to, isFocused }: TimelineCursor,
): void {
  const place = layout.lanes[lane];
  if (!place) return;
  const x = passX(layout, view, Math.min(from, to));
  const width = Math.max(2, (Math.abs(to - from) + 1) * layout.column);
  pen.globalAlpha = isFocused ? 1 : 0.45;
  pen.strokeStyle = isFocused ? colors.text : colors.dim;
  pen.lineWidth = isFocused ? 2 : 1;
  pen.strokeRect(x - 1, place.top - 2, width + 2, place.height + 4);
  pen.globalAlpha = 1;
}
