import type { MaskPoint } from './mask-painting.js';

/** How far hands that hold the picture moved it, in pixels of the window: what was at `from` is to be at `to`. */
export interface HandShift {
  readonly from: MaskPoint;
  readonly to: MaskPoint;
  readonly factor: number;
}

type Hand = Pick<PointerEvent, 'pointerId' | 'pointerType' | 'button' | 'clientX' | 'clientY'>;

/**
 * Tells what the pointers on the picture do: one mouse, pen or finger paints; two fingers, the middle button, or any pointer
 * while the space bar is held take hold of the picture until all are lifted. Fingers beside a pen are the palm, and ignored.
 */
export class MaskHands {
  private readonly places = new Map<number, MaskPoint>();
  private kind = '';
  private holds = false;

  /** Whether the picture is held. */
  get isHolding(): boolean {
    return this.holds && this.places.size > 0;
  }

  /** A pointer comes down. */
  down(hand: Hand, isSpaceHeld: boolean): 'paint' | 'hold' | 'ignore' {
    const { pointerId, pointerType, button } = hand;
    if (this.places.size === 0) this.holds = false;
    else if (pointerType !== 'touch' || this.kind !== 'touch') return 'ignore';
    const isHold = this.places.size > 0 || button === 1 || (button === 0 && isSpaceHeld);
    if (!isHold && button !== 0 && button !== 5) return 'ignore';
    this.kind = pointerType;
    this.places.set(pointerId, placeOf(hand));
    this.holds ||= isHold;
    return isHold ? 'hold' : 'paint';
  }

  /** A pointer moves; undefined unless it moves the picture. */
  move(hand: Hand): HandShift | undefined {
    if (!this.places.has(hand.pointerId)) return undefined;
    const before = this.grasp();
    this.places.set(hand.pointerId, placeOf(hand));
    if (!this.holds) return undefined;
    const after = this.grasp();
    const factor = before.spread > 0 && after.spread > 0 ? after.spread / before.spread : 1;
    return { from: before.middle, to: after.middle, factor };
  }

  /** Whether a pointer is one of those that are down. */
  has({ pointerId }: Pick<PointerEvent, 'pointerId'>): boolean {
    return this.places.has(pointerId);
  }

  /** A pointer is lifted. */
  up({ pointerId }: Pick<PointerEvent, 'pointerId'>): void {
    this.places.delete(pointerId);
  }

  /** The middle of the pointers that are down, and how far the first two lie apart. */
  private grasp(): { readonly middle: MaskPoint; readonly spread: number } {
    const [first = [0, 0], second = first] = this.places.values();
    const middle: MaskPoint = [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2];
    return { middle, spread: Math.hypot(second[0] - first[0], second[1] - first[1]) };
  }
}

function placeOf({ clientX, clientY }: Hand): MaskPoint {
  return [clientX, clientY];
}
