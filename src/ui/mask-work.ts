import {
  beginStroke,
  strokeTo,
  type MaskBrush,
  type MaskPoint,
  type MaskSheet,
  type MaskStroke,
} from './mask-painting.js';

/** How many steps back are kept. */
const mostSteps = 100;

/** A mask that is being painted, with the way back; `changed` is called after every step. */
export class MaskWork {
  sheet: MaskSheet;
  private done: readonly Uint8ClampedArray[] = [];
  private undone: readonly Uint8ClampedArray[] = [];
  private stroke: MaskStroke | undefined;
  private readonly changed: (sheet: MaskSheet) => void;

  constructor(sheet: MaskSheet, changed: (sheet: MaskSheet) => void) {
    this.sheet = { ...sheet, values: sheet.values.slice() };
    this.changed = changed;
  }

  get isPainting(): boolean {
    return this.stroke !== undefined;
  }

  /** Whether there is a step to take back, or to take again. */
  can(direction: 'undo' | 'redo'): boolean {
    return (direction === 'undo' ? this.done : this.undone).length > 0;
  }

  /** Makes new values the mask's, as one step. */
  become(values: Uint8ClampedArray, before = this.sheet.values): void {
    this.done = [...this.done, before].slice(-mostSteps);
    this.undone = [];
    this.show(values);
  }

  step(direction: 'undo' | 'redo'): void {
    const isBack = direction === 'undo';
    const [from, to] = isBack ? [this.done, this.undone] : [this.undone, this.done];
    const values = from.at(-1);
    if (!values || this.stroke) return;
    const kept = [...to, this.sheet.values];
    [this.done, this.undone] = isBack ? [from.slice(0, -1), kept] : [kept, from.slice(0, -1)];
    this.show(values);
  }

  /** Begins a stroke; one that is under way ends. */
  begin(): void {
    this.finish();
    this.sheet = { ...this.sheet, values: this.sheet.values.slice() };
    this.stroke = beginStroke(this.sheet);
  }

  /** Goes on with the stroke that was begun. */
  drag(from: MaskPoint, to: MaskPoint, brush: MaskBrush): void {
    if (this.stroke) strokeTo(this.sheet, this.stroke, from, to, brush);
  }

  /** Ends the stroke, which becomes one step. */
  finish(): void {
    const { stroke } = this;
    this.stroke = undefined;
    if (stroke) this.become(this.sheet.values, stroke.before);
  }

  /** Forgets the stroke that was begun. */
  abandon(): void {
    const { stroke } = this;
    this.stroke = undefined;
    if (stroke) this.sheet = { ...this.sheet, values: stroke.before };
  }

  private show(values: Uint8ClampedArray): void {
    this.sheet = { ...this.sheet, values };
    this.changed(this.sheet);
  }
}
