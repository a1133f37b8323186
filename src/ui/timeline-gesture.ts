import { passUnder, valueUnder, type Grip, type TimelineLayout } from './timeline-layout.js';
import type { CellValue, LaneEdit, TimelineLane, TimelineView } from './timeline-model.js';

/** Where a drag began. */
interface GestureStart {
  readonly lane: TimelineLane;
  readonly row: number;
  readonly pass: number;
  readonly grip: Grip | undefined;
  readonly brush: CellValue;
  readonly every: number;
  /** Names the gesture for the history. */
  readonly name: string;
}

/** A drag on the timeline; every edit it asks for starts from the lane as it was when the drag began. */
export class TimelineGesture {
  readonly name: string;
  private readonly start: GestureStart;

  constructor(start: GestureStart) {
    this.start = start;
    this.name = start.name;
  }

  /** Whether cells are painted. */
  get isPaint(): boolean {
    return this.start.lane.kind !== 'number' && this.start.grip === undefined;
  }

  /** The edit for the pointer's place; undefined when the place asks for nothing. */
  to(
    view: TimelineView,
    layout: TimelineLayout,
    x: number,
    y: number,
    isFine: boolean,
  ): LaneEdit | undefined {
    const { lane, row, grip, every, brush, pass: from } = this.start;
    const { name, text: base } = lane;
    const pass = Math.max(0, passUnder(layout, view, x));
    if (lane.kind === 'number') {
      const value = valueUnder(layout, lane, row, y, isFine);
      const index = grip?.kind === 'point' ? grip.index : undefined;
      return { kind: 'point', lane: name, base, index, pass, value };
    }
    const range = grip?.kind === 'end' ? lane.ranges[grip.index] : undefined;
    if (!range || grip?.kind !== 'end') {
      return { kind: 'paint', lane: name, base, from, to: pass, every, value: brush };
    }
    // Ends snap to the edges between passes.
    const edge = Math.round((x - layout.left) / layout.column) - view.skip;
    const limit = view.steps - view.skip;
    const moved =
      grip.side === 'first'
        ? { first: Math.min(Math.max(0, edge), range.last) }
        : { last: Math.max(range.first, Math.min(limit, edge) - 1) };
    return { kind: 'range', lane: name, base, ...range, ...moved };
  }
}
