import type { ElementHandle, Page } from 'puppeteer-core';

const patienceMs = 120_000;

/**
 * Waits until something is on the page, in shadow roots as well: what happens in them wakes no `waitForSelector`.
 * Throws when it does not come.
 */
export async function appears(page: Page, selector: string): Promise<ElementHandle> {
  for (const end = performance.now() + patienceMs; performance.now() < end;) {
    const found = await page.$(selector);
    if (found) return found;
    await new Promise((waited) => setTimeout(waited, 50));
  }
  throw new Error(`${selector} did not appear.`);
}

/** Waits until something is no longer on the page. Throws when it stays. */
export async function disappears(page: Page, selector: string): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end;) {
    if ((await page.$(selector)) === null) return;
    await new Promise((waited) => setTimeout(waited, 50));
  }
  throw new Error(`${selector} stayed.`);
}
