import type { Page } from 'puppeteer-core';
import { appears } from './appears.js';
import type { Place } from './fingers.js';

/**
 * Where on the page the canvas shows a socket whose tooltip begins so: the middle of the places, from the top left on, at which
 * the pointer becomes that of a socket. Throws when there is none in view.
 */
export async function socketPlace(page: Page, tooltip: string): Promise<Place> {
  const canvas = await appears(page, '>>> canvas[role=application]');
  const found = await canvas.evaluate((element, title) => {
    const board = element as HTMLElement;
    const { left, top, width, height } = board.getBoundingClientRect();
    let box: [number, number, number, number] | undefined;
    for (let y = top + 3; y < top + height; y += 3) {
      for (let x = left + 3; x < left + width; x += 3) {
        const at = { clientX: x, clientY: y, bubbles: true, pointerId: 1, pointerType: 'mouse' };
        board.dispatchEvent(new PointerEvent('pointermove', at));
        if (board.style.cursor !== 'crosshair' || !board.title.startsWith(title)) continue;
        box = box
          ? [Math.min(box[0], x), box[1], Math.max(box[2], x), Math.max(box[3], y)]
          : [x, y, x, y];
      }
      if (box && y > box[3]) break;
    }
    board.dispatchEvent(new PointerEvent('pointerleave', { pointerId: 1, pointerType: 'mouse' }));
    return box && ([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] as const);
  }, tooltip);
  if (!found) throw new Error(`No socket of ${tooltip} is on the canvas.`);
  return found;
}
