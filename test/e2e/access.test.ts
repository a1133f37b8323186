import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { AppPage } from './support/app-page.js';
import { appears, disappears, until } from './support/appears.js';
import { serveApp, type ServedApp } from './support/served-app.js';
import { smallGraph } from './support/small-graph.js';

const RUN_TIMEOUT_MS = 300_000;

const DIALOG = '>>> [role=dialog], >>> dialog[open]';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: { target: unknown }[] }[];
}

describe('the page for everybody', { timeout: 2 * RUN_TIMEOUT_MS }, () => {
  let app: ServedApp;
  let page: Page;

  before(async () => {
    app = await serveApp();
    page = await app.open({ width: 1600, height: 900, keepsGallery: true });
    // Colours on their way from one state to the next are not those that anybody reads.
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await appears(page, '>>> cw-template-gallery >>> dialog[open]');
    // Puppeteer's own world is free of the page's policy.
    await page.evaluate(await readFile(AXE, 'utf8'));
    await settle();
  });

  after(() => app.close());

  const settle = (): Promise<void> => new Promise((settled) => setTimeout(settled, 250));

  async function press(keys: string): Promise<void> {
    await new AppPage(page).press(keys);
    await settle();
  }

  /** What axe finds on the page as it is now, by rule and element. */
  function faults(): Promise<readonly string[]> {
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } };
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${JSON.stringify(target)}`),
      );
    });
  }

  /** The role and name of what has the focus. */
  function focused(): Promise<string> {
    return page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
    });
  }

  it('has nothing that axe would object to: the page at first sight', async () => {
    assert.deepEqual(await faults(), []);
    // The gallery of templates that a first start opens.
    await press('Escape');
    assert.deepEqual(await faults(), []);
  });

  for (const [name, keys] of [
    ['the search for nodes', 'Shift+A'],
    ['the command palette', 'Control+k'],
    ['the settings', 'Control+,'],
    ['the sheet of keys', 'Control+Shift+K'],
    ['the gallery of templates', 'n'],
    ['the list of stored graphs', 'w'],
    ['the versions of the graph', 'Alt+h'],
    ['the queue', 'q'],
    ['the schedule library', 'Shift+T'],
    ['the grid of schedules', 'Shift+G'],
    ['the form', 'Alt+a'],
  ] as const) {
    it(`nor in ${name}, which Escape leaves`, async () => {
      await press(keys);
      await appears(page, DIALOG);
      await settle();
      assert.deepEqual(await faults(), []);
      await press('Escape');
      await disappears(page, DIALOG);
    });
  }

  it('nor in any page of the panel', async () => {
    for (const tab of ['node', 'list', 'problems', 'forecast', 'pictures', 'runs']) {
      await page.locator(`>>> #tab-${tab}`).click();
      await settle();
      assert.deepEqual(await faults(), [], tab);
    }
  });

  it('nor in the schedule timeline', async () => {
    await page.locator('>>> canvas[role=application]').click();
    await press('t');
    await appears(page, '>>> cw-timeline-dock >>> canvas');
    await settle();
    assert.deepEqual(await faults(), []);
    await press('t');
  });

  it('changes a value, runs, and hears of the result with the keyboard alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crossweave-access-'));
    const file = join(folder, 'small.json');
    await writeFile(file, await smallGraph());
    await new AppPage(page).openFile(file);
    await appears(page, '::-p-aria([name="Small"])');
    await rm(folder, { recursive: true });
    await press('Alt+l');
    const row = await appears(page, '>>> [role=treeitem][aria-label^="Injection Schedule"].node');
    await row.focus();
    await press('ArrowRight');
    const field = await appears(page, '>>> [role=treeitem][aria-label^="adain_end: "]');
    await field.focus();
    await press('Enter');
    await press('Control+a');
    await page.keyboard.type('100*0.45');
    await press('Enter');
    assert.equal(await focused(), 'adain_end: 45');
    await press('Control+Enter');
    let said = '';
    const hears = async (): Promise<boolean> => {
      said = await page.$eval('cw-app >>> .visually-hidden[role=status]', ({ textContent }) =>
        textContent.trim(),
      );
      return said !== '';
    };
    await until(hears, 'Nothing was said of the run.', RUN_TIMEOUT_MS);
    assert.match(said, /^The run is finished after /);
  });

  it('shows the result large by key, and axe objects to nothing there', async () => {
    const row = await appears(page, '>>> [role=treeitem][aria-label^="Result"].node');
    await row.focus();
    await press('Enter');
    await press('Alt+v');
    await appears(page, '>>> cw-picture-viewer >>> canvas');
    assert.deepEqual(await faults(), []);
    await press('Escape');
  });

  it('reported no error', () => {
    assert.deepEqual(app.errors, []);
    assert.deepEqual(app.forbidden, []);
  });

  it('has one strict policy in its headers and in its head, and hears of what that forbids', async () => {
    const answer = await fetch(app.address);
    const [, meta = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(
      await answer.text(),
    ) ?? [''];
    const sent = answer.headers.get('Content-Security-Policy') ?? '';
    for (const policy of [meta, sent]) {
      assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
      assert.doesNotMatch(
        policy,
        /'unsafe-eval'|\*(?!;| |$)|(script|style)-src [^;]*unsafe-inline/,
      );
      assert.match(policy, /base-uri 'none'; form-action 'none'/);
    }
    assert.ok(sent.startsWith(`${meta}; frame-ancestors 'none'`), sent);
    const thread = page.workers().find((worker) => worker.url().includes('run-worker'));
    assert.ok(thread);
    await page.evaluate("fetch('http://page.test/').catch(() => undefined)");
    await thread.evaluate("fetch('http://thread.test/').catch(() => undefined)");
    for (const place of ['page.test', 'thread.test']) {
      await until(
        () => Promise.resolve(app.forbidden.some((line) => line.includes(place))),
        `Nothing was told of ${place}.`,
      );
    }
  });
});
