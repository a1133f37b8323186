import type { Page } from 'puppeteer-core';
import { appears } from './appears.js';

/** A place on the page in CSS pixels. */
export type Place = readonly [x: number, y: number];

/** Longer than the page waits before it takes a finger at rest for a long press. */
const LONG_PRESS_MS = 700;
const STANDSTILL_MS = 150;
const STEPS = 8;

/** The hands of somebody with a touch screen. */
export class Fingers {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Taps what has the role and name, once it is there. */
  async tap(role: string, name: string): Promise<void> {
    const found = await appears(this.#page, `::-p-aria([name="${name}"][role="${role}"])`);
    await found.tap();
  }

  /** Taps a place. */
  async tapAt([x, y]: Place): Promise<void> {
    await this.#page.touchscreen.tap(x, y);
  }

  /** One finger goes down, along a line, and up again. */
  async drag(from: Place, to: Place): Promise<void> {
    const { touchscreen } = this.#page;
    await touchscreen.touchStart(...from);
    for (let step = 1; step <= STEPS; step += 1) {
      await touchscreen.touchMove(...between(from, to, step / STEPS));
    }
    // A finger that leaves while it moves throws what it holds, and the next tap only stops that.
    await pause(STANDSTILL_MS);
    await touchscreen.touchEnd();
  }

  /** Two fingers go apart, or together, about a place: from so many pixels between them to so many. */
  async pinch([x, y]: Place, from: number, to: number): Promise<void> {
    const { touchscreen } = this.#page;
    const left = await touchscreen.touchStart(x - from / 2, y);
    const right = await touchscreen.touchStart(x + from / 2, y);
    for (let step = 1; step <= STEPS; step += 1) {
      const apart = (from + ((to - from) * step) / STEPS) / 2;
      await left.move(x - apart, y);
      await right.move(x + apart, y);
    }
    await left.end();
    await right.end();
  }

  /** A finger rests on a place until the page takes it for a long press. */
  async rest([x, y]: Place): Promise<void> {
    const finger = await this.#page.touchscreen.touchStart(x, y);
    await pause(LONG_PRESS_MS);
    await finger.end();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((passed) => setTimeout(passed, milliseconds));
}

function between([x0, y0]: Place, [x1, y1]: Place, share: number): Place {
  return [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
}
