import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { appears } from '../../test/e2e/support/appears.js';
import { quantile, serveBuild } from './served-build.js';

// Run by hand after `npm run -s build`: `node --import tsx tools/bench/canvas.ts [nodes]`.
// Frame times of panning and dragging over a large graph, and the time of an undo, in software rendering.

const count = Number(process.argv[2] ?? 500);

const served = await serveBuild(undefined, [
  '--no-sandbox',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--disable-background-networking',
  '--no-first-run',
]);
const { address, browser, folder } = served;
try {
  const page = await browser.newPage();
  // The compiler names inner functions through this.
  await page.evaluateOnNewDocument('globalThis.__name = (inner) => inner');
  await page.setViewport({ width: 1600, height: 900 });
  await page.goto(address);
  await appears(page, '>>> canvas');
  await new Promise((done) => setTimeout(done, 3000));
  // The first start greets with a dialog.
  await page.keyboard.press('Escape');
  await new Promise((done) => setTimeout(done, 400));
  await openGraph(page, count);
  process.stdout.write(`Load of the machine: ${loadavg()[0]?.toFixed(1) ?? '?'}\n`);
  report('pan, everything in view', await frames(page, () => pan(page)));
  report('drag a node, everything in view', await frames(page, () => dragNode(page)));
  for (let turn = 0; turn < 8; turn++) await page.mouse.wheel({ deltaY: -150 });
  report('pan, near', await frames(page, () => pan(page)));
  report('undo', await undos(page));
  if (process.argv[3] !== undefined) await page.screenshot({ path: process.argv[3] });
} finally {
  await served.close();
}

/** Opens a graph of many nodes in rows, each linked to the one before. */
async function openGraph(page: Page, nodes: number): Promise<void> {
  const entries = Array.from({ length: nodes }, (_unused, index) => {
    const from = (output: string) => ({ link: [String(index), output] });
    const place = index % 10;
    const record =
      place === 0
        ? { type: 'LoadImage', inputs: {} }
        : place === 1
          ? { type: 'VAEEncode', inputs: { pixels: from('IMAGE') } }
          : { type: 'AdaIN', inputs: { samples: from(place === 2 ? 'LATENT' : 'samples') } };
    return [String(index + 1), { ...record, version: 1 }] as const;
  });
  const places = entries.map(
    ([id], index) => [id, { pos: [(index % 25) * 340, Math.floor(index / 25) * 300] }] as const,
  );
  const graph = {
    format: 'crossweave-graph',
    version: 1,
    nodes: Object.fromEntries(entries),
    layout: { nodes: Object.fromEntries(places), groups: [] },
  };
  const file = join(folder, 'large.json');
  await writeFile(file, JSON.stringify(graph));
  const [chooser] = await Promise.all([
    page.waitForFileChooser(),
    page.locator('::-p-aria([name="Open"][role="button"])').click(),
  ]);
  await chooser.accept([file]);
  await new Promise((done) => setTimeout(done, 4000));
  await page.focus('>>> canvas');
  await page.keyboard.press('.');
  await page.mouse.move(500, 450);
  await new Promise((done) => setTimeout(done, 500));
}

/** Milliseconds that the page's main thread and compositor take for each frame while something goes on. */
async function frames(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    let last = performance.now();
    let isOver = false;
    const tick = (now: number): void => {
      times.push(now - last);
      last = now;
      if (!isOver) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(globalThis, {
      endFrames: () => {
        isOver = true;
        return times.slice(1);
      },
    });
  });
  await act();
  return page.evaluate(() => (globalThis as unknown as { endFrames(): number[] }).endFrames());
}

async function pan(page: Page): Promise<void> {
  await page.mouse.move(700, 420);
  await page.mouse.down({ button: 'middle' });
  for (let step = 1; step <= 40; step++) {
    await page.mouse.move(700 + step * 4, 420 + (step % 8) * 6);
  }
  await page.mouse.up({ button: 'middle' });
}

async function dragNode(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.mouse.move(640, 440);
  await page.mouse.down();
  for (let step = 1; step <= 40; step++) await page.mouse.move(640 + step * 3, 440 + step);
  await page.mouse.up();
}

/** Milliseconds of the key's own handling: document, validation and what is made anew on the canvas. */
async function undos(page: Page): Promise<readonly number[]> {
  await page.focus('>>> canvas');
  const times: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    await page.keyboard.press('ArrowRight');
    await new Promise((done) => setTimeout(done, 250));
    times.push(
      await page.evaluate(() => {
        const start = performance.now();
        const init = { key: 'z', code: 'KeyZ', ctrlKey: true, bubbles: true, cancelable: true };
        window.dispatchEvent(new KeyboardEvent('keydown', init));
        return performance.now() - start;
      }),
    );
    await new Promise((done) => setTimeout(done, 250));
  }
  return times;
}

function report(what: string, times: readonly number[]): void {
  const at = (share: number): string => quantile(times, share).toFixed(1);
  process.stdout.write(
    `${String(count)} nodes, ${what}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms (${String(times.length)})\n`,
  );
}
