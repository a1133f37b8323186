import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { AppPage } from './support/app-page.js';
import { appears, disappears, until } from './support/appears.js';
import { serveApp, type ServedApp } from './support/served-app.js';
import { graph, many, record, refusedFiles, script } from './support/hostile-files.js';
import { storedTexts } from './support/stored-texts.js';

const SCHEDULE = 'Injection Schedule';

/** The banner of a window that does not store the shown graph. */
const ELSEWHERE = '>>> cw-banner[role=status]';

/** The names of the tabs, marks included. */
function tabNames(page: Page): Promise<readonly string[]> {
  return page.$$eval('>>> [role=tablist][aria-label="Open graphs"] [role=tab]', (tabs) =>
    tabs.map((tab) => tab.getAttribute('aria-label') ?? ''),
  );
}

/** Waits until the tabs are called so, and the last named one is shown. */
async function expectTabs(page: Page, names: readonly string[], shown: string): Promise<void> {
  await appears(page, `>>> [role=tab][aria-label="${shown}"][aria-selected=true]`);
  await until(async () => (await tabNames(page)).join() === names.join()).catch(async () => {
    assert.deepEqual(await tabNames(page), names);
  });
}

/** Waits until some stored graph, or some version, holds a text. */
async function isStored(
  page: Page,
  text: string,
  name: 'graphs' | 'graph-versions' = 'graphs',
): Promise<void> {
  await until(async () => (await storedTexts(page, name)).some((stored) => stored.includes(text)));
}

describe('graphs in tabs, in storage and in files', { timeout: 600_000 }, () => {
  let app: ServedApp;
  let ui: AppPage;
  let page: Page;
  let folder: string;

  before(async () => {
    app = await serveApp();
    page = await app.open({ width: 1400, height: 900, keepsGallery: true });
    ui = new AppPage(page);
    folder = await mkdtemp(join(tmpdir(), 'crossweave-files-'));
  });

  after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('offers templates on a first start, each with what it made', async () => {
    await appears(page, '>>> cw-template-gallery >>> .card img');
    const broken = await page.$$eval('>>> cw-template-gallery >>> img', async (pictures) => {
      await Promise.all(
        pictures.map((picture) => {
          picture.loading = 'eager';
          return picture.decode();
        }),
      );
      return pictures.filter(({ naturalWidth }) => naturalWidth < 64).length;
    });
    const count = (await page.$$('>>> cw-template-gallery >>> .card img')).length;
    assert.ok(count >= 8, `${count} templates`);
    assert.equal(broken, 0);
    const card = await appears(page, '>>> li:nth-child(3) > .card');
    await card.click();
    const names = ['Appearance transfer', 'Transfer with masks of your own'];
    await expectTabs(page, names, 'Transfer with masks of your own');
  });

  it('has a document and a history in each tab', async () => {
    await ui.setWidget(SCHEDULE, 'adain_end', '61');
    await ui.press('Alt+PageUp');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '100');
    await ui.setWidget(SCHEDULE, 'adain_end', '62');
    await ui.press('Alt+PageDown');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '61');
    await ui.click('button', 'Undo');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '100');
    await ui.press('Alt+PageUp');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '62');
  });

  it('opens, names, moves, closes and brings back tabs by keyboard', async () => {
    await ui.click('button', 'New graph');
    const first = 'Appearance transfer, changed since it was exported';
    const second = 'Transfer with masks of your own';
    await expectTabs(page, [first, second, 'Untitled graph'], 'Untitled graph');
    await (await page.$('::-p-aria([name="Untitled graph"][role="tab"])'))?.focus();
    await ui.press('F2');
    await page.keyboard.type('Mine');
    await ui.press('Enter');
    const mine = 'Mine, changed since it was exported';
    await expectTabs(page, [first, second, mine], mine);
    await appears(page, `>>> [role=tab][aria-label="${mine}"]:focus`);
    await ui.press('Control+Shift+ArrowLeft');
    await expectTabs(page, [first, mine, second], mine);
    await appears(page, `>>> [role=tab][aria-label="${mine}"]:focus`);
    await ui.press('Delete');
    await expectTabs(page, [first, second], second);
    await (await appears(page, '>>> cw-toasts >>> button.action')).click();
    await expectTabs(page, [first, mine, second], mine);
  });

  it('has all tabs again after a reload', async () => {
    await isStored(page, '"title": "Mine"');
    await isStored(page, '"adain_end": 62');
    const before = await tabNames(page);
    await page.reload();
    await appears(page, '>>> [role=tab]');
    await expectTabs(page, before, before[1] ?? '');
    await ui.press('Alt+PageUp');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '62');
  });

  it('goes back to a version, as a step that can be undone', async () => {
    await ui.setWidget(SCHEDULE, 'adain_end', '63');
    await isStored(page, '"adain_end": 63', 'graph-versions');
    await ui.setWidget(SCHEDULE, 'adain_end', '64');
    await isStored(page, '"adain_end": 64', 'graph-versions');
    await ui.press('Alt+h');
    const versions = await appears(page, '>>> cw-version-list >>> ul li:nth-child(2) button');
    await versions.click();
    await appears(page, '>>> cw-version-list >>> .difference li');
    await ui.click('button', 'Restore this version');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '63');
    await ui.click('button', 'Undo');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '64');
  });

  it('lets one window store a graph, and tells the other', async () => {
    await isStored(page, '"adain_end": 64');
    const second = await app.open({ width: 1400, height: 900 });
    const other = new AppPage(second);
    await appears(second, ELSEWHERE);
    await other.setWidget(SCHEDULE, 'adain_end', '70');
    await page.bringToFront();
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '64');
    const texts = await storedTexts(page, 'graphs');
    assert.ok(!texts.some((text) => text.includes('"adain_end": 70')), 'nothing is overwritten');
    await second.bringToFront();
    await other.click('button', 'Take it over');
    await disappears(second, ELSEWHERE);
    assert.equal(await other.widgetText(SCHEDULE, 'adain_end'), '70');
    await isStored(second, '"adain_end": 70');
    await page.bringToFront();
    await appears(page, ELSEWHERE);
    await second.close({ runBeforeUnload: false });
    await disappears(page, ELSEWHERE);
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '70');
  });

  it('refuses hostile files in a sentence and keeps what is stored', async () => {
    const before = await tabNames(page);
    const stored = await storedTexts(page, 'graphs');
    for (const [name, [text, words]] of Object.entries(refusedFiles)) {
      await writeFile(join(folder, name), text);
      await ui.openFile(join(folder, name));
      assert.match(await ui.takeAlert(), words, name);
      assert.deepEqual(await tabNames(page), before, name);
    }
    assert.deepEqual(await storedTexts(page, 'graphs'), stored);
  });

  it('shows scripts and endless titles as text', async () => {
    const title = script + 'w'.repeat(1_000_000);
    const nodes = {
      1: { ...record, title },
      2: { type: 'CLIPTextEncode', version: 1, inputs: { text: script }, title: script },
      3: { ...record, type: '<b>x</b>' },
    };
    const places = { nodes: many(4, { pos: [0, 0] }), groups: [{ title, bounds: [0, 0, 9, 9] }] };
    await writeFile(
      join(folder, 'a.json'),
      JSON.stringify({ ...graph, title, nodes, layout: places }),
    );
    await ui.openFile(join(folder, 'a.json'));
    await appears(page, `>>> [role=tab][aria-label^="<img"][aria-selected=true]`);
    const names = await ui.nodeNames();
    assert.equal(names.length, 3);
    assert.ok(names.some((name) => name.startsWith('<img') && name.length < 400));
    for (const tab of ['Node', 'Forecast', 'List']) await ui.click('tab', tab);
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
    await ui.press('Alt+w');
  });

  it('opens a workflow of another program with placeholders, and saves one', async () => {
    const workflow = {
      version: 0.4,
      nodes: [
        { id: 1, type: 'KSampler', pos: [0, 0], outputs: [{ name: 'LATENT', type: 'LATENT' }] },
        { id: 1, type: 'PreviewImage', pos: [400, 0] },
      ],
      links: [],
    };
    await writeFile(join(folder, 'from elsewhere.json'), JSON.stringify(workflow));
    await ui.openFile(join(folder, 'from elsewhere.json'));
    await appears(page, '>>> [role=tab][aria-label^="from elsewhere"][aria-selected=true]');
    await until(() =>
      page.$$eval('>>> cw-toasts >>> [role=status]', (notes) =>
        notes.some(({ textContent }) => textContent.includes('KSampler')),
      ),
    );
    assert.equal((await ui.nodeNames()).length, 2);
    await ui.click('button', 'Save or export as');
    await appears(page, '>>> cw-menu >>> [role=menuitem]');
    await ui.press('Escape');
    await ui.press('Alt+w');
  });

  it('opens a graph from a link, once', async () => {
    const { length } = await tabNames(page);
    const allowed = ['clipboard-read', 'clipboard-write'];
    await app.browser.setPermission(
      app.address,
      ...allowed.map((name) => ({ permission: { name }, state: 'granted' as const })),
    );
    await ui.click('button', 'Save or export as');
    await ui.click('menuitem', 'Link on the clipboard');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await until(async () => (await copied()).startsWith(`${app.address}/#graph=`));
    const link = await copied();
    await page.goto(link);
    await until(async () => (await tabNames(page)).length === length + 1);
    assert.equal(await page.evaluate(() => location.hash), '');
    await ui.press('Alt+w');
  });

  it('takes a picture from the clipboard as a node that loads it', async () => {
    const before = (await ui.nodeNames()).length;
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(24, 16);
      canvas.getContext('2d')?.fillRect(0, 0, 12, 16);
      const file = new File([await canvas.convertToBlob()], 'pasted.png', { type: 'image/png' });
      const clipboardData = new DataTransfer();
      clipboardData.items.add(file);
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    });
    await until(async () => (await ui.nodeNames()).length === before + 1);
    const [loader = ''] = (await ui.nodeNames()).filter((name) => name.startsWith('Load Image'));
    assert.match(await ui.widgetText(loader.split(',')[0] ?? '', 'image'), /pasted/);
  });

  it('reports no error and asks no other host for anything', () => {
    assert.deepEqual(app.errors, []);
    assert.deepEqual(app.forbidden, []);
    assert.deepEqual(app.requestsElsewhere, []);
  });
});
