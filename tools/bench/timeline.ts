import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { appears } from '../../test/e2e/support/appears.js';
import { closeGallery } from '../../test/e2e/support/served-app.js';
import { quantile, root, serveBuild } from './served-build.js';

// Run by hand after `npm run -s build`: `node --import tsx tools/bench/timeline.ts [moves]`.
// How long the page takes from a pointer move over the timeline to the frame that shows it, in software rendering.

const moves = Number(process.argv[2] ?? 60);

const served = await serveBuild();
const { address, browser, folder } = served;
try {
  for (const steps of [100, 1000]) {
    const page = await browser.newPage();
    await page.setViewport({ width: 1600, height: 900 });
    await page.goto(address);
    if (steps === 100) await closeGallery(page);
    await appears(page, '::-p-aria([name="Undo"][role="button"])');
    await openSchedule(page, steps);
    // The page remembers that the timeline was open.
    if (!(await page.$('>>> .strip'))) await page.keyboard.press('t');
    await appears(page, '>>> .strip');
    for (const row of ['paint', 'curve'] as const) report(steps, row, await drag(page, row));
    await page.close();
  }
} finally {
  await served.close();
}

/** Opens the example with so many steps; a long schedule is a dense one. */
async function openSchedule(page: Page, steps: number): Promise<void> {
  const text = await readFile(join(root, 'graphs/appearance-transfer.json'), 'utf8');
  const graph = JSON.parse(text) as { nodes: Record<string, { type: string; inputs: object }> };
  for (const node of Object.values(graph.nodes)) {
    if ('steps' in node.inputs)
      Object.assign(node.inputs, { steps, skip_steps: Math.floor(steps / 3) });
    if (node.type === 'InjectionSchedule' && steps > 100) {
      const cells = Array.from({ length: steps / 8 }, (_unused, i) => String(i * 5));
      const lane = `app 10..${String(steps)}; struct ${cells.join(', ')}`;
      Object.assign(node.inputs, {
        full_lane: lane,
        half_lane: lane,
        guidance_lane: '3.5@0 smooth 1.5@300 lin 2@600',
      });
    }
  }
  const file = join(folder, `${String(steps)}.json`);
  await writeFile(file, JSON.stringify(graph));
  const [chooser] = await Promise.all([page.waitForFileChooser(), pressOpen(page)]);
  await chooser.accept([file]);
  await new Promise((done) => setTimeout(done, 1500));
}

async function pressOpen(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('o');
  await page.keyboard.up('Control');
}

/** Milliseconds from each pointer move to the end of the frame after it. */
async function drag(page: Page, row: 'paint' | 'curve'): Promise<readonly number[]> {
  // The compiler names inner functions through this.
  await page.evaluate('globalThis.__name = (inner) => inner');
  const found = await appears(page, '>>> .strip');
  return found.evaluate(
    async (strip, count, isCurve) => {
      strip.setPointerCapture = () => undefined;
      const box = strip.getBoundingClientRect();
      const y = box.top + (isCurve ? 0.62 : 0.17) * box.height;
      const at = (i: number) => ({
        clientX: box.left + box.width * (0.5 + (0.4 * i) / count),
        clientY: y + (isCurve ? i % 7 : 0),
        bubbles: true,
        composed: true,
        pointerId: 1,
        button: 0,
        buttons: 1,
      });
      const shown = () =>
        new Promise<void>((done) => {
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => {
              done();
            };
            channel.port2.postMessage(undefined);
          });
        });
      strip.dispatchEvent(new PointerEvent('pointerdown', at(0)));
      await shown();
      const times: number[] = [];
      for (let i = 1; i <= count; i += 1) {
        const began = performance.now();
        strip.dispatchEvent(new PointerEvent('pointermove', at(i)));
        await shown();
        times.push(performance.now() - began);
      }
      strip.dispatchEvent(new PointerEvent('pointerup', at(count)));
      return times;
    },
    moves,
    row === 'curve',
  );
}

function report(steps: number, row: string, times: readonly number[]): void {
  const at = (share: number): string => quantile(times, share).toFixed(1);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  console.log(
    `${String(steps)} steps, ${row}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms, ${(1000 / mean).toFixed(0)} frames a second`,
  );
}
