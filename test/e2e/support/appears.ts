import type { ElementHandle, Page } from 'puppeteer-core';
import { findByRole } from './find-by-role.js';
import { isFirefox } from './launch-browser.js';

const patienceMs = 120_000;

/** Asks again and again until there is an answer, and gives it. Throws `otherwise` when none comes. */
async function answered<Answer>(
  ask: () => Promise<Answer | null>,
  otherwise: string,
  withinMs = patienceMs,
): Promise<Answer> {
  for (const end = performance.now() + withinMs; performance.now() < end;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((waited) => setTimeout(waited, 50));
  }
  throw new Error(otherwise);
}

/** Waits until something holds, two minutes when nothing is said. Throws `otherwise` when it does not come to that. */
export async function until(
  holds: () => Promise<boolean>,
  otherwise = 'It did not come to that.',
  withinMs = patienceMs,
): Promise<void> {
  await answered(async () => ((await holds()) ? true : null), otherwise, withinMs);
}

/**
 * Waits until something is on the page, in shadow roots as well: what happens in them wakes no `waitForSelector`.
 * Throws when it does not come.
 */
export async function appears(page: Page, selector: string): Promise<ElementHandle> {
  const isNamed = isFirefox && selector.startsWith('::-p-aria');
  const find = () => (isNamed ? findByRole(page, selector) : page.$(selector));
  return answered<ElementHandle>(find, `${selector} did not appear.`);
}

/** Waits until something is no longer on the page. Throws when it stays. */
export async function disappears(page: Page, selector: string): Promise<void> {
  const isGone = async (): Promise<boolean> => {
    const found = await page.$(selector);
    // What is held here would be kept in the page's memory.
    await found?.dispose();
    return found === null;
  };
  await until(isGone, `${selector} stayed.`);
}
