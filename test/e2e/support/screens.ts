import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import pixelmatch from 'pixelmatch';
import type { Page } from 'puppeteer-core';

const SCREENS = fileURLToPath(new URL('../../screens', import.meta.url));

/** Where screens go that differ from those that are kept. */
const DIFFERENT = fileURLToPath(new URL('../../../.cache/screens', import.meta.url));

/** With it, screens are drawn anew in place of being compared. */
const UPDATES = process.env['UPDATE_SCREENS'] !== undefined;

/**
 * How much of a screen may differ. A pixel counts when its colour is off by more than a quarter of the way from black
 * to white (edges of letters aside): times, thread counts and another hinting of the same font stay below 2 %, while a
 * panel that is gone, another theme or a line of text that wraps elsewhere does not.
 */
const TOLERANCE = { threshold: 0.25, share: 0.02 };

/**
 * Compares the page as it is with the screen that is kept under a name. Returns the share of pixels that differ, 0..1;
 * 0 when screens are drawn anew. Throws when none is kept or its size is another.
 */
export async function differenceFromScreen(page: Page, name: string): Promise<number> {
  const file = join(SCREENS, `${name}.png`);
  const now = await page.screenshot({ captureBeyondViewport: false });
  if (UPDATES) {
    await mkdir(SCREENS, { recursive: true });
    await writeFile(file, now);
    return 0;
  }
  const [kept, shown] = [pixelsOf(await readFile(file)), pixelsOf(now)];
  if (kept.width !== shown.width || kept.height !== shown.height) {
    throw new Error(`${name}.png has another size than the page.`);
  }
  const { width, height } = kept;
  const { threshold } = TOLERANCE;
  const count = pixelmatch(kept.data, shown.data, undefined, width, height, { threshold });
  const share = count / (width * height);
  if (!isAlike(share)) await keepForLooking(name, now);
  return share;
}

/** Keeps a screen that differs in the cache folder, to be looked at. */
async function keepForLooking(name: string, png: Uint8Array): Promise<void> {
  await mkdir(DIFFERENT, { recursive: true });
  await writeFile(join(DIFFERENT, `${name}.png`), png);
}

/** Whether a share of differing pixels is one that another machine's fonts and figures explain. */
export function isAlike(share: number): boolean {
  return share <= TOLERANCE.share;
}

function pixelsOf(png: Uint8Array) {
  const { width, height, channels, data } = decode(png);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      rgba[pixel * 4 + channel] = data[pixel * channels + channel] ?? 0;
    }
  }
  return { width, height, data: rgba };
}
