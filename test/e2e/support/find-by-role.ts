import type { ElementHandle, Page } from 'puppeteer-core';

const NAMED = /^::-p-aria\(\[name="(.*)"\]\[role="(.*)"\]\)$/;

/**
 * What has a role and a name, where the browser's own tree of access cannot be asked, as in Firefox by WebDriver BiDi:
 * the first visible element of any shadow root whose attributes or tag say so. Null for what is not there, and for
 * selectors of another kind.
 */
export async function findByRole(page: Page, selector: string): Promise<ElementHandle | null> {
  const [, name, role] = NAMED.exec(selector) ?? [];
  if (name === undefined || role === undefined) return null;
  const found = await page.evaluateHandle(`(${SEARCH})(document, ${JSON.stringify([role, name])})`);
  return found.asElement() as ElementHandle | null;
}

// As text: a function of the test would bring helpers of its transform that the page lacks.
const SEARCH = `function search(root, [role, name]) {
  const tags = { BUTTON: 'button', A: 'link', DIALOG: 'dialog' };
  for (const element of root.querySelectorAll('*')) {
    const is = element.getAttribute('role') ?? tags[element.tagName];
    const called = () =>
      element.getAttribute('aria-label') ?? (element.textContent.replace(/\\s+/g, ' ').trim() || element.title);
    if (is === role && element.checkVisibility() && called() === name) return element;
    const inside = element.shadowRoot && search(element.shadowRoot, [role, name]);
    if (inside) return inside;
  }
  return null;
}`;
