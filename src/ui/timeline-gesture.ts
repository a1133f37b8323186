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
  /** Whether a curve is drawn freehand. */
  readonly isDrawing: boolean;
  /** Names the gesture for the history. */
  readonly name: string;
}

/** A drag on the timeline; every edit it asks for starts from the lane as it was when the drag began. */
export class TimelineGesture {
  readonly name: string;
  private readonly start: GestureStart;
  private readonly drawn = new Map<number, number>();

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
      const value = valueUnder(layout, lane, row, y, isFine || this.start.isDrawing);
      if (this.start.isDrawing) return this.draw(pass, value);
      if (grip?.kind !== 'end') {
        return { kind: 'point', lane: name, base, index: grip?.index, pass, value };
      }
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

  /** The line so far; passes that the pointer leapt over lie on the straight way. */
  private draw(pass: number, value: number): LaneEdit {
    const { name, text: base } = this.start.lane;
    const last = [...this.drawn].at(-1);
    if (last) {
      const [from, start] = last;
      const step = Math.sign(pass - from);
      for (let at = from + step; step !== 0 && at !== pass; at += step) {
        this.drawn.set(at, start + ((value - start) * (at - from)) / (pass - from));
      }
    }
    this.drawn.delete(pass);
    this.drawn.set(pass, value);
    const samples = [...this.drawn].map(([at, number]) => ({ pass: at, value: number }));
    return { kind: 'draw', lane: name, base, samples };
  }
}
