import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { AppPage } from '../../test/e2e/support/app-page.js';
import { appears } from '../../test/e2e/support/appears.js';
import { closeGallery } from '../../test/e2e/support/served-app.js';
import { quantile, root, serveBuild } from './served-build.js';

// Run by hand after `npm run -s build`: `node --import tsx tools/bench/lens.ts [moves] [picture.png] [build folder]`.
// How long the page takes from a pointer move over a result to the frame that shows where that place looks.

const moves = Number(process.argv[2] ?? 30);
const picture = process.argv[3];

const served = await serveBuild(process.argv[4]);
const { address, browser, folder } = served;
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1600, height: 900 });
  await page.goto(address);
  await closeGallery(page);
  await appears(page, '::-p-aria([name="Undo"][role="button"])');
  await openShortTransfer(page);
  await runToEnd(page);
  await page.click('::-p-aria([name="Fit to view"][role="button"])');
  const found = await findResult(page);
  report('first place of the pass', [found.first]);
  report('further places', await hover(page, found.at));
  report('of which question and answer', await questions(page));
  if (picture !== undefined) await page.screenshot({ path: picture });
} finally {
  await served.close();
}

/** Opens the transfer between two creatures with a fifth of the passes. */
async function openShortTransfer(page: Page): Promise<void> {
  const text = await readFile(join(root, 'graphs/creatures.json'), 'utf8');
  const graph = JSON.parse(text) as { nodes: Record<string, { inputs: object }> };
  const short = { steps: 20, skip_steps: 6, step: 4, half_start: 2, full_start: 2, adain_start: 4 };
  const ends = {
    half_end: 14,
    full_end: 18,
    adain_end: 20,
    guidance_start_at: 2,
    guidance_end_at: 18,
  };
  for (const { inputs } of Object.values(graph.nodes)) {
    // The steps of the loop are linked, and stay so.
    const known = Object.entries({ ...short, ...ends }).filter(
      ([name]) => typeof Reflect.get(inputs, name) === 'number',
    );
    Object.assign(inputs, Object.fromEntries(known));
    if ('start_at' in inputs) inputs.start_at = 0;
  }
  const file = join(folder, 'short.json');
  await writeFile(file, JSON.stringify(graph));
  await new AppPage(page).openFile(file);
  await new Promise((done) => setTimeout(done, 1500));
}

async function runToEnd(page: Page): Promise<void> {
  await new AppPage(page).run(500_000);
}

/** Milliseconds from a pointer move to the frame after the lens has answered; undefined over what is no picture. */
function lookAt(page: Page, [x, y]: readonly [number, number], withinMs: number) {
  return page.evaluate(
    async (clientX, clientY, patience) => {
      const host = document.querySelector('cw-app')?.shadowRoot ?? document;
      const canvas = host.querySelector('canvas');
      // A function with a name of its own would bring a helper that the page lacks.
      const before = performance.getEntriesByName('attention lens').length;
      const began = performance.now();
      const move = { clientX, clientY, bubbles: true, composed: true, pointerType: 'mouse' };
      canvas?.dispatchEvent(new PointerEvent('pointermove', move));
      if (canvas?.style.cursor !== 'pointer') return undefined;
      while (performance.now() - began < patience) {
        await new Promise(requestAnimationFrame);
        const answers = performance.getEntriesByName('attention lens').length;
        if (answers > before) return performance.now() - began;
      }
      return undefined;
    },
    x,
    y,
    withinMs,
  );
}

/** Goes over the canvas from the right until a lens answers. */
async function findResult(page: Page) {
  for (let x = 1200; x > 300; x -= 20) {
    for (let y = 120; y < 880; y += 25) {
      const first = await lookAt(page, [x, y], 1500);
      if (first === undefined) continue;
      return { at: [x, y] as const, first };
    }
  }
  throw new Error('No result answered.');
}

async function hover(page: Page, [x, y]: readonly [number, number]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < moves; i += 1) {
    const time = await lookAt(page, [x - (i % 6), y + (i % 5)], 2000);
    if (time !== undefined) times.push(time);
  }
  return times;
}

/** Milliseconds from each question to its answer, without the first and without drawing. */
function questions(page: Page): Promise<readonly number[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByName('attention lens')
      .slice(1)
      .map(({ duration }) => duration),
  );
}

function report(what: string, times: readonly number[]): void {
  const at = (share: number): string => quantile(times, share).toFixed(1);
  console.log(
    `${what}: ${String(times.length)} answers, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`,
  );
}
