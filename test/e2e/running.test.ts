import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ElementHandle, Page } from 'puppeteer-core';
import { AppPage } from './support/app-page.js';
import { readPngTexts } from '../../src/storage/png-text.js';
import { appears, disappears, until } from './support/appears.js';
import { smallGraph } from './support/small-graph.js';
import { closeGallery, serveApp, type ServedApp } from './support/served-app.js';

const TIMEOUT_MS = 120_000;

/** Drops a PNG file on the page. */
async function drop(page: Page, png: Uint8Array, name: string): Promise<void> {
  await page.evaluate(
    (bytes, fileName) => {
      const file = new File([new Uint8Array(bytes)], fileName, { type: 'image/png' });
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    },
    [...png],
    name,
  );
}

/** Waits until a toast says so. */
async function toldInToasts(page: Page, words: RegExp): Promise<void> {
  await until(async () => {
    const told = await page.$$eval('>>> cw-toasts >>> .toast span', (lines) =>
      lines.map((line) => line.textContent.trim()),
    );
    return told.some((line) => words.test(line));
  });
}

describe('running, in the built application', { timeout: 4 * TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;
  let folder: string;

  before(async () => {
    app = await serveApp();
    ui = new AppPage(await app.open());
    folder = await mkdtemp(join(tmpdir(), 'crossweave-running-'));
    const file = join(folder, 'small.json');
    await writeFile(
      file,
      await smallGraph({ steps: 10, skipSteps: 3, maskStep: 3, resultTitle: 'Größe 猫' }),
    );
    await appears(ui.page, '::-p-aria([name="Run"][role="button"])');
    await ui.openFile(file);
    await appears(ui.page, '::-p-aria([name="Small"])');
  });

  after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  /** The line of the graph's list whose name begins so, with the focus on it. */
  async function lineOf(name: string): Promise<ElementHandle> {
    await ui.click('tab', 'List');
    const line = await appears(ui.page, `>>> [role=treeitem][aria-label^="${name}"]`);
    await line.focus();
    return line;
  }

  /** What the runs of the journal say, the newest first. */
  const runs = (): Promise<readonly string[]> =>
    ui.page.$$eval('>>> cw-run-journal >>> summary', (summaries) =>
      summaries.map((summary) => summary.textContent.replaceAll(/\s+/g, ' ').trim()),
    );

  /** Waits until the journal lists so many runs. */
  async function listsRuns(count: number): Promise<readonly string[]> {
    await ui.click('tab', 'Runs');
    for (const end = performance.now() + TIMEOUT_MS; performance.now() < end;) {
      const said = await runs();
      if (said.length >= count) return said;
      await new Promise((waited) => setTimeout(waited, 50));
    }
    throw new Error(`The journal lists ${(await runs()).join('; ')}.`);
  }

  /** Rests the pointer on the canvas' socket with that tooltip, of a node in the middle of the canvas. */
  async function restOnSocket(tooltip: string): Promise<void> {
    const canvas = await appears(ui.page, '>>> canvas[role=application]');
    const found = await canvas.evaluate((element, title) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      for (let y = top + 4; y < top + height; y += 4) {
        for (let x = left + 4; x < left + width; x += 4) {
          const at = { clientX: x, clientY: y, bubbles: true, pointerId: 1, pointerType: 'mouse' };
          element.dispatchEvent(new PointerEvent('pointermove', at));
          const isSocket = (element as HTMLElement).style.cursor === 'crosshair';
          if (isSocket && (element as HTMLElement).title.startsWith(title)) return { x, y };
        }
      }
      return undefined;
    }, tooltip);
    if (!found) throw new Error(`No socket of ${tooltip} is on the canvas.`);
    await ui.page.mouse.move(found.x + 1, found.y);
    await ui.page.mouse.move(found.x, found.y);
  }

  it('runs to a node and no further', async () => {
    await lineOf('Encode structure');
    await ui.page.keyboard.down('Shift');
    await ui.page.keyboard.press('F10');
    await ui.page.keyboard.up('Shift');
    await ui.click('menuitem', 'Run to the selected nodes');
    const [run] = await listsRuns(1);
    assert.match(run ?? '', /finished/);
    const { nodes } = await ui.journal();
    assert.ok('Encode structure' in nodes, Object.keys(nodes).join(', '));
    assert.ok(!('Result' in nodes), Object.keys(nodes).join(', '));
  });

  it('shows the value of a socket, asked for by keyboard, without computing', async () => {
    await lineOf('Encode structure');
    await ui.page.keyboard.press('ArrowRight');
    await lineOf('LATENT');
    await ui.page.keyboard.press('v');
    const card = await appears(
      ui.page,
      '::-p-aria([name="Value of Encode structure · LATENT"][role="dialog"])',
    );
    await appears(ui.page, '>>> cw-value-card >>> [role=img][aria-label^="Distribution"]');
    const text = await card.evaluate((element) => element.shadowRoot?.textContent ?? '');
    assert.match(text, /\[1, \d+, \d+, \d+\] float32/);
    await ui.page.keyboard.press('Escape');
    await disappears(ui.page, '>>> cw-value-card');
  });

  it('shows the value of the socket that the pointer rests on', async () => {
    await lineOf('Encode structure');
    await ui.page.keyboard.press('Enter');
    await restOnSocket('LATENT');
    await appears(ui.page, '>>> cw-value-card >>> [role=img][aria-label^="Distribution"]');
    await ui.page.mouse.move(4, 4);
    await disappears(ui.page, '>>> cw-value-card');
  });

  it('queues a second run behind the first, and takes it out again', async () => {
    const before = await ui.runCount();
    await ui.click('button', 'Run');
    await appears(ui.page, '>>> [role=progressbar]');
    await ui.click('button', 'Run');
    await ui.click('button', 'Queue, 1 waiting');
    await ui.click('button', 'Take out of the queue: Small');
    await appears(ui.page, '::-p-aria([name="Queue"][role="button"])');
    await ui.page.keyboard.press('Escape');
    await disappears(ui.page, '>>> cw-queue-panel');
    const [newest] = await listsRuns(before + 1);
    assert.match(newest ?? '', /finished/);
    await disappears(ui.page, '>>> [role=progressbar]');
    assert.equal((await runs()).length, before + 1);
  });

  it('tells the hash of a finished run, to be held against other runs of the same graph', async () => {
    const settings = await ui.page.$eval(
      '>>> cw-run-journal >>> dl',
      ({ textContent }) => textContent,
    );
    assert.match(settings, /Hash\s+[0-9a-f]{64}/);
  });

  it('runs from the form, where the result is seen large and saved', async () => {
    const saved = join(folder, 'form');
    await ui.downloadInto(saved);
    const before = await ui.runCount();
    await ui.press('Alt+a');
    await (await appears(ui.page, '>>> cw-form-view >>> button.run')).click();
    await until(async () => (await runs()).length > before);
    await (await appears(ui.page, '>>> cw-form-view >>> button.result')).click();
    await ui.click('button', 'Save picture');
    const files = () => readdir(saved).catch(() => []);
    await until(async () => (await files()).some((name) => name.endsWith('.png')));
    await ui.page.keyboard.press('Escape');
    await disappears(ui.page, '>>> cw-picture-viewer');
    await ui.page.keyboard.press('Escape');
    await disappears(ui.page, '>>> cw-form-view');
    assert.match((await listsRuns(before + 1))[0] ?? '', /finished/);
  });

  it('keeps the picture of a run with its graph, and opens the graph when the file is dropped', async () => {
    await ui.downloadInto(folder);
    await ui.click('tab', 'Pictures');
    await ui.click('button', 'Download transfer.png');
    await ui.click('tab', 'Runs');
    const save = await appears(ui.page, '>>> cw-run-journal >>> button.download');
    assert.match((await save.evaluate((button) => button.ariaLabel)) ?? '', /with its graph$/);
    await save.evaluate((button) => {
      (button as HTMLElement).click();
    });
    const pngs = async () => (await readdir(folder)).filter((name) => name.endsWith('.png'));
    await until(async () => (await pngs()).length === 2);
    const files = (await pngs()).map((name) => join(folder, name));
    for (const file of files) {
      const png = await readFile(file);
      const kept = readPngTexts(png).find(({ keyword }) => keyword === 'crossweave');
      assert.match(kept?.text ?? '', /Größe 猫/);
      const tabs = await ui.page.$$('>>> cw-graph-tabs >>> [role=tab]');
      await drop(ui.page, png, 'found.png');
      await until(
        async () => (await ui.page.$$('>>> cw-graph-tabs >>> [role=tab]')).length > tabs.length,
      );
    }
  });

  it('saves everything as one file, and brings it back in another browser and in this one', async () => {
    await ui.page.keyboard.press('w');
    await ui.click('button', 'Save everything');
    const zips = async () => (await readdir(folder)).filter((name) => name.endsWith('.zip'));
    await until(async () => (await zips()).length === 1);
    const file = join(folder, (await zips())[0] ?? '');
    const context = await app.browser.createBrowserContext();
    const other = await context.newPage();
    await other.goto(app.address);
    await closeGallery(other);
    await new AppPage(other).openFile(file);
    await toldInToasts(other, /^Brought back: .*graph.*run.*Nothing that was here has changed/);
    const listed = await appears(other, '>>> cw-graph-shelf >>> ul');
    assert.match(await listed.evaluate(({ textContent }) => textContent), /Small/);
    await other.keyboard.press('Escape');
    await new AppPage(other).click('tab', 'Runs');
    await appears(other, '>>> cw-run-journal >>> img');
    await context.close();
    await ui.page.keyboard.press('Escape');
    await ui.openFile(file);
    await toldInToasts(ui.page, /All of it is here already/);
    await ui.page.keyboard.press('Escape');
  });

  it('opens the graph of a run in a tab of its own', async () => {
    const tabs = () => ui.page.$$eval('>>> cw-graph-tabs >>> [role=tab]', (all) => all.length);
    const before = await tabs();
    await ui.click('tab', 'Runs');
    await ui.click('button', 'Open this graph');
    for (const end = performance.now() + TIMEOUT_MS; (await tabs()) === before;) {
      assert.ok(performance.now() < end, 'No tab was opened.');
      await new Promise((waited) => setTimeout(waited, 50));
    }
  });

  it('reports no error while it does all this', () => {
    assert.deepEqual(app.errors, []);
    assert.deepEqual(app.forbidden, []);
  });
});
