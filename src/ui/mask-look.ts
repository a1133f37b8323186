import { shareUnder } from './draw-mask.js';
import type { LookKey, MaskKey } from './mask-editor-keys.js';
import { MaskHands } from './mask-hands.js';
import type { MaskPoint, MaskSheet } from './mask-painting.js';
import { shareOf, turnedView, viewWith, wholeView, type MaskView } from './mask-view.js';

type Size = Pick<MaskSheet, 'width' | 'height'>;
type Canvas = HTMLCanvasElement | null;

/** Which part of a sheet is seen, as hands, wheel and keys change it; `changed` is called whenever they did. */
export class MaskLook {
  view: MaskView = wholeView;
  /** Held down, the space bar lets a pointer move the picture; then it is `used`. */
  private space: 'up' | 'down' | 'used' = 'up';
  private readonly hands = new MaskHands();
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** Whether the picture is held, or would be by the next pointer. */
  get isHeld(): boolean {
    return this.space !== 'up' || this.hands.isHolding;
  }

  /** A pointer comes down: to paint, to hold the picture, or to be ignored. */
  down(event: PointerEvent): 'paint' | 'hold' | 'ignore' {
    const does = this.hands.down(event, this.space !== 'up');
    if (does === 'hold' && this.space !== 'up') this.space = 'used';
    this.changed();
    return does;
  }

  /** A pointer moves; whether it was taken for the picture, or belongs to none that is painting. */
  move(event: PointerEvent, canvas: Canvas, size: Size): boolean {
    const shift = this.hands.move(event);
    if (!shift) return event.buttons !== 0 && !this.hands.has(event);
    const [from, to] = [shareUnder(canvas, shift.from), shareUnder(canvas, shift.to)];
    this.show(turnedView(this.view, size, shift.factor, from, to));
    return true;
  }

  /** A pointer is lifted; whether it was painting. */
  up(event: PointerEvent): boolean {
    const isPainting = this.hands.has(event) && !this.hands.isHolding;
    this.hands.up(event);
    this.changed();
    return isPainting;
  }

  /** The wheel enlarges about the pointer; a pinch on a touchpad comes as small turns with Ctrl. */
  wheel(event: WheelEvent, canvas: Canvas, size: Size): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const turn = Math.max(-120, Math.min(120, event.deltaY * lines));
    const factor = Math.exp(-turn * (event.ctrlKey ? 0.01 : 0.002));
    const at = shareUnder(canvas, [event.clientX, event.clientY]);
    this.show(turnedView(this.view, size, factor, at));
  }

  /** The space bar goes down. */
  pressSpace(): void {
    if (this.space === 'up') this.space = 'down';
    this.changed();
  }

  /** The space bar is lifted, or the keys go elsewhere; whether it was pressed alone. */
  liftSpace(): boolean {
    const isAlone = this.space === 'down';
    this.space = 'up';
    this.changed();
    return isAlone;
  }

  /** Does what a key or a button asks of the view; false for other wishes. */
  carryOut(wish: MaskKey, size: Size, cursor: MaskPoint | undefined): wish is LookKey {
    if (wish.kind === 'zoom') this.enlarge(wish.factor, size, cursor);
    else if (wish.kind === 'look') this.show(turnedView(this.view, size, 1, wish.by, [0, 0]));
    else if (wish.kind === 'whole') this.whole();
    else return false;
    return true;
  }

  /** Enlarges about the brush where it is seen, else about the middle. */
  private enlarge(factor: number, size: Size, cursor: MaskPoint | undefined): void {
    const at = cursor && shareOf(this.view, size, cursor);
    const isSeen = at?.every((share) => share >= 0 && share <= 1) === true;
    this.show(turnedView(this.view, size, factor, isSeen ? at : [0.5, 0.5]));
  }

  /** Moves as little as shows a place. */
  follow(place: MaskPoint, size: Size): void {
    this.show(viewWith(this.view, size, place));
  }

  /** Shows the whole sheet. */
  whole(): void {
    this.show(wholeView);
  }

  private show(view: MaskView): void {
    this.view = view;
    this.changed();
  }
}
