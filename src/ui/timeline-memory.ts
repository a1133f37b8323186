import type { TimelineColors } from './timeline-colors.js';
import type { TimelineLayout } from './timeline-layout.js';
import type { TimelineLane, TimelineView } from './timeline-model.js';

/** What the user has under the hand. */
export interface TimelineCursor {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
  readonly isFocused: boolean;
}

/** What was drawn last on a canvas, so that a drag draws the lanes alone that it changes. */
export interface DrawnTimeline {
  readonly view: TimelineView;
  readonly layout: TimelineLayout;
  readonly colors: TimelineColors;
  readonly cursor: TimelineCursor;
}

/** Whether anything has to be drawn anew: the size, the axis, the colours or the number of lanes changed. */
export function isOtherTimeline(last: DrawnTimeline, next: DrawnTimeline): boolean {
  const [a, b] = [last.view, next.view];
  return (
    last.colors !== next.colors ||
    last.layout.width !== next.layout.width ||
    last.layout.height !== next.layout.height ||
    a.steps !== b.steps ||
    a.skip !== b.skip ||
    a.lanes.length !== b.lanes.length ||
    a.lanes.some(({ kind }, row) => kind !== b.lanes[row]?.kind)
  );
}

/** Whether a lane looks as it was drawn last, the cursor on it included. */
export function isDrawnLane(last: DrawnTimeline, next: DrawnTimeline, row: number): boolean {
  const [a, b] = [last.view.lanes[row], next.view.lanes[row]];
  if (!a || !b || !isSameLane(a, b)) return false;
  const [was, is] = [last.cursor, next.cursor];
  if (was.lane !== row && is.lane !== row) return true;
  return (
    was.lane === is.lane &&
    was.from === is.from &&
    was.to === is.to &&
    was.isFocused === is.isFocused
  );
}

/** Whether the states of the passes on the axis are those that were drawn last. */
export function isDrawnAxis(last: DrawnTimeline, next: DrawnTimeline): boolean {
  return isSameList(last.view.passes, next.view.passes);
}

function isSameLane(a: TimelineLane, b: TimelineLane): boolean {
  return (
    a === b ||
    (a.text === b.text &&
      a.label === b.label &&
      a.isClipped === b.isClipped &&
      a.mistake?.reason === b.mistake?.reason &&
      a.notes.length === b.notes.length &&
      isSameList(a.cells, b.cells))
  );
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
