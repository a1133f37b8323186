import { topOf, type TimelineLane, type TimelineView } from './timeline-model.js';

/** Where the parts of the timeline lie, in CSS pixels. */
export interface TimelineLayout {
  readonly width: number;
  readonly height: number;
  /** Left end of the first step, width of a step. */
  readonly left: number;
  readonly column: number;
  readonly lanes: readonly { readonly top: number; readonly height: number }[];
}

/** Height of the axis above the lanes: pass numbers, timesteps over the level of noise, and the states of the passes. */
export const axisHeight = 46;

const heights = { source: 28, number: 44, mask: 20 } as const;
const gap = 7;

/** Lays the timeline out in a width. */
export function layoutTimeline(view: TimelineView, width: number): TimelineLayout {
  const left = width < 520 ? 62 : 96;
  const lanes: { top: number; height: number }[] = [];
  let top = axisHeight;
  for (const { kind } of view.lanes) {
    lanes.push({ top, height: heights[kind] });
    top += heights[kind] + gap;
  }
  const column = Math.max(0.1, (width - left - 12) / Math.max(1, view.steps));
  return { width, height: top, left, column, lanes };
}

/** Left end of a pass. */
export function passX(layout: TimelineLayout, view: TimelineView, pass: number): number {
  return layout.left + (pass + view.skip) * layout.column;
}

/** The pass under a place; negative in the skipped part, clamped to the axis. */
export function passUnder(layout: TimelineLayout, view: TimelineView, x: number): number {
  const step = Math.floor((x - layout.left) / layout.column);
  return Math.min(view.steps - 1, Math.max(0, step)) - view.skip;
}

/** The lane under a place; undefined on the axis. */
export function laneUnder(layout: TimelineLayout, y: number): number | undefined {
  const found = layout.lanes.findIndex(({ top, height }) => y >= top - 3 && y < top + height + 4);
  return found < 0 ? undefined : found;
}

/** Height of a value in a number lane. */
export function valueY(layout: TimelineLayout, lane: TimelineLane, row: number, value: number) {
  const { top, height } = layout.lanes[row] ?? { top: 0, height: 1 };
  return top + height - 4 - (value / topOf(lane)) * (height - 8);
}

/** The value at a height of a number lane, on steps of 0.05; `fine` on steps of 0.01. */
export function valueUnder(
  layout: TimelineLayout,
  lane: TimelineLane,
  row: number,
  y: number,
  isFine: boolean,
): number {
  const { top, height } = layout.lanes[row] ?? { top: 0, height: 1 };
  const value = ((top + height - 4 - y) / (height - 8)) * topOf(lane);
  const grain = isFine ? 100 : 20;
  return Math.min(lane.max, Math.max(0, Math.round(value * grain) / grain));
}

/** What can be dragged. */
export type Grip =
  | { readonly kind: 'point'; readonly index: number }
  | { readonly kind: 'end'; readonly index: number; readonly side: 'first' | 'last' };

/** The grip of a lane at a place, the nearest within reach. */
export function gripUnder(
  layout: TimelineLayout,
  view: TimelineView,
  row: number,
  x: number,
  y: number,
  reach: number,
): Grip | undefined {
  const lane = view.lanes[row];
  const place = layout.lanes[row];
  if (!lane || !place) return undefined;
  let best: Grip | undefined;
  let nearest = reach;
  const consider = (distance: number, grip: Grip): void => {
    if (distance > nearest) return;
    nearest = distance;
    best = grip;
  };
  const middle = layout.column / 2;
  lane.points.forEach(({ pass, value }, index) => {
    const dx = passX(layout, view, pass) + middle - x;
    consider(Math.hypot(dx, valueY(layout, lane, row, value) - y), { kind: 'point', index });
  });
  // Ends are taken at the lower edge of a lane, where their grips are drawn: the rest is for the brush.
  if (best || y < place.top + place.height * (lane.kind === 'number' ? 0.85 : 0.6)) return best;
  lane.ranges.forEach(({ first, last }, index) => {
    const start = Math.abs(passX(layout, view, first) - x);
    const end = Math.abs(passX(layout, view, last + 1) - x);
    consider(Math.min(start, end), { kind: 'end', index, side: start < end ? 'first' : 'last' });
  });
  return best;
}
