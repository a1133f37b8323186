import type { Page } from 'puppeteer-core';
import { appears } from '../../test/e2e/support/appears.js';
import { closeGallery } from '../../test/e2e/support/served-app.js';
import { quantile, serveBuild } from './served-build.js';

// Run by hand after `npm run -s build`: `node --import tsx tools/bench/reopen.ts [times] [build folder]`.
// How long the application takes to be opened again in a browser that has had it open before: from the start of the
// navigation to the frame after the tab of the last graph stands and the graph has been drawn and can be edited.

const times = Number(process.argv[2] ?? 10);

/** Notes the moments of a page; written out, since what drives the browser would add helpers that pages lack. */
const watch = `
  globalThis.moments = {};
  const look = () => {
    const shell = document.querySelector('cw-app')?.shadowRoot;
    const tab = shell?.querySelector('cw-graph-tabs')?.shadowRoot?.querySelector('[role=tab]');
    if (shell?.querySelector('canvas')) globalThis.moments.shell ??= performance.now();
    if (tab) {
      requestAnimationFrame(() => setTimeout(() => { globalThis.moments.graph = performance.now(); }));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

const served = await serveBuild(process.argv[3]);
const { address, browser } = served;
try {
  const first = await openPage();
  await closeGallery(first);
  await appears(first, '::-p-aria([name="Undo"][role="button"])');
  console.log(`first opening: ${(await momentOf(first, 'graph')).toFixed(0)} ms`);
  // The service worker keeps the page's files once it has settled.
  await new Promise((settled) => setTimeout(settled, 8000));
  await first.close();
  const shells: number[] = [];
  const graphs: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const page = await openPage();
    graphs.push(await momentOf(page, 'graph'));
    shells.push(await momentOf(page, 'shell'));
    await new Promise((rested) => setTimeout(rested, 1500));
    await page.close();
  }
  report('frame of the page', shells);
  report('last graph', graphs);
} finally {
  await served.close();
}

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1600, height: 900 });
  await page.evaluateOnNewDocument(watch);
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  return page;
}

async function momentOf(page: Page, name: 'shell' | 'graph'): Promise<number> {
  const found = await page.waitForFunction(`globalThis.moments?.${name}`, { timeout: 60_000 });
  return Number(await found.jsonValue());
}

function report(what: string, all: readonly number[]): void {
  const at = (share: number): string => quantile(all, share).toFixed(0);
  console.log(`${what}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms of ${String(all.length)} times`);
}
