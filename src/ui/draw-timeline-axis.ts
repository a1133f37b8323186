import { texts } from '../texts/texts.js';
import type { TimelineColors } from './timeline-colors.js';
import { axisHeight, passX, type TimelineLayout } from './timeline-layout.js';
import type { TimelineView } from './timeline-model.js';

type Pen = CanvasRenderingContext2D;

/** Draws the axis: numbers, the level of noise with its timesteps, and what the last run knows of every pass. */
export function drawAxis(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
) {
  const total = view.steps - view.skip;
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((n) => n * layout.column >= 30) ?? 1000;
  pen.font = `11px ${colors.font}`;
  pen.textBaseline = 'alphabetic';
  pen.textAlign = 'center';
  pen.fillStyle = colors.dim;
  for (let pass = 0; pass < total; pass += every) {
    pen.fillText(String(pass), passX(layout, view, pass) + layout.column / 2, 12);
  }
  const skipped = view.skip * layout.column;
  if (skipped > 64) pen.fillText(texts().timeline.skipped, layout.left + skipped / 2, 12);
  drawNoise(pen, view, layout, colors, every);
  const y = axisHeight - 9;
  pen.fillStyle = colors.line;
  pen.fillRect(layout.left, y, view.steps * layout.column, 1);
  const paint = { computed: colors.computed, stale: colors.stale, running: colors.accent };
  runs(view.passes, (state, first, end) => {
    if (state === 'none') return;
    const x = passX(layout, view, first);
    const width = (end - first) * layout.column;
    pen.fillStyle = paint[state];
    if (state === 'stale') {
      // Broken, so that it is told from computed without colour.
      for (let at = 0; at < width; at += 6) pen.fillRect(x + at, y - 1, Math.min(3, width - at), 3);
    } else if (state === 'running') pen.fillRect(x, y - 3, Math.max(3, width), 7);
    else pen.fillRect(x, y - 1, width, 3);
  });
}

/** The second scale: the timestep of every pass that has a number, over the share of noise of all steps. */
function drawNoise(
  pen: Pen,
  view: TimelineView,
  layout: TimelineLayout,
  colors: TimelineColors,
  every: number,
): void {
  const { skip, steps, noise, timesteps } = view;
  const [floor, height] = [31, 14];
  pen.fillStyle = colors.line;
  pen.beginPath();
  pen.moveTo(layout.left, floor);
  noise.forEach((share, step) => {
    pen.lineTo(layout.left + (step + 0.5) * layout.column, floor - height * share);
  });
  pen.lineTo(layout.left + steps * layout.column, floor);
  pen.fill();
  pen.fillStyle = colors.dim;
  for (let pass = 0; pass < steps - skip; pass += every) {
    const t = timesteps[pass + skip];
    if (t === undefined) continue;
    pen.fillText(String(t), passX(layout, view, pass) + layout.column / 2, floor - 3);
  }
  pen.textAlign = 'left';
  const { pass, noise: label } = texts().timeline.axis;
  pen.fillText(pass, 4, 12, layout.left - 8);
  pen.fillText(label, 4, floor - 3, layout.left - 8);
}

/** Calls `visit` for every stretch of equal values. */
export function runs<Value>(
  cells: readonly Value[],
  visit: (value: Value, first: number, end: number) => void,
): void {
  for (let first = 0; first < cells.length;) {
    const value = cells[first] as Value;
    let end = first + 1;
    while (end < cells.length && cells[end] === value) end += 1;
    visit(value, first, end);
    first = end;
  }
}
