import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { AppPage } from './support/app-page.js';
import { appears, disappears } from './support/appears.js';
import { serveApp, type ServedApp } from './support/served-app.js';

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
  const selector = `::-p-aria([name="${shown}"][role="tab"])`;
  await appears(page, selector);
  assert.deepEqual(await tabNames(page), names);
  const isShown = await page.$eval(selector, (tab) => tab.getAttribute('aria-selected'));
  assert.equal(isShown, 'true', `${shown} is shown`);
}

async function press(page: Page, keys: string): Promise<void> {
  const names = keys.split('+') as Parameters<Page['keyboard']['press']>[0][];
  const last = names.pop();
  for (const name of names) await page.keyboard.down(name);
  if (last) await page.keyboard.press(last);
  for (const name of names.reverse()) await page.keyboard.up(name);
}

/** Long enough for the autosave, which waits 400 ms after an edit. */
const saved = (): Promise<void> => new Promise((done) => setTimeout(done, 900));

describe('graphs in tabs, in storage and in files', { timeout: 120_000 }, () => {
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
    await press(page, 'Alt+PageUp');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '100');
    await ui.setWidget(SCHEDULE, 'adain_end', '62');
    await press(page, 'Alt+PageDown');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '61');
    await ui.click('button', 'Undo');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '100');
    await press(page, 'Alt+PageUp');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '62');
  });

  it('opens, names, moves, closes and brings back tabs by keyboard', async () => {
    await ui.click('button', 'New graph');
    const first = 'Appearance transfer, changed since it was exported';
    const second = 'Transfer with masks of your own';
    await expectTabs(page, [first, second, 'Untitled graph'], 'Untitled graph');
    await (await page.$('::-p-aria([name="Untitled graph"][role="tab"])'))?.focus();
    await press(page, 'F2');
    await page.keyboard.type('Mine');
    await press(page, 'Enter');
    const mine = 'Mine, changed since it was exported';
    await expectTabs(page, [first, second, mine], mine);
    await new Promise((done) => setTimeout(done, 100));
    await press(page, 'Control+Shift+ArrowLeft');
    await expectTabs(page, [first, mine, second], mine);
    await new Promise((done) => setTimeout(done, 100));
    await press(page, 'Delete');
    await expectTabs(page, [first, second], second);
    await (await appears(page, '>>> cw-toasts >>> button.action')).click();
    await expectTabs(page, [first, mine, second], mine);
  });

  it('has all tabs again after a reload', async () => {
    await saved();
    const before = await tabNames(page);
    await page.reload();
    await appears(page, '>>> [role=tab]');
    await expectTabs(page, before, before[1] ?? '');
    await press(page, 'Alt+PageUp');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '62');
  });

  it('goes back to a version, as a step that can be undone', async () => {
    await ui.setWidget(SCHEDULE, 'adain_end', '63');
    await saved();
    await ui.setWidget(SCHEDULE, 'adain_end', '64');
    await saved();
    await press(page, 'Alt+h');
    const versions = await appears(page, '>>> cw-version-list >>> ul li:nth-child(2) button');
    await versions.click();
    await appears(page, '>>> cw-version-list >>> .difference li');
    await ui.click('button', 'Restore this version');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '63');
    await ui.click('button', 'Undo');
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '64');
  });

  it('lets one window store a graph, and tells the other', async () => {
    await saved();
    const second = await app.open({ width: 1400, height: 900 });
    const other = new AppPage(second);
    await appears(second, ELSEWHERE);
    await other.setWidget(SCHEDULE, 'adain_end', '70');
    await saved();
    await page.bringToFront();
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '64');
    await second.bringToFront();
    await other.click('button', 'Take it over');
    await disappears(second, ELSEWHERE);
    assert.equal(await other.widgetText(SCHEDULE, 'adain_end'), '70');
    await saved();
    await page.bringToFront();
    await appears(page, ELSEWHERE);
    await second.close({ runBeforeUnload: false });
    await disappears(page, ELSEWHERE);
    assert.equal(await ui.widgetText(SCHEDULE, 'adain_end'), '70');
  });

  it('keeps what is stored when files are hostile', async () => {
    const before = await tabNames(page);
    const files: Readonly<Record<string, string>> = {
      'prototype.json':
        '{"format":"crossweave-graph","version":1,"nodes":{"__proto__":{}},"layout":{"nodes":{},"groups":[]}}',
      'huge.json': JSON.stringify({
        format: 'crossweave-graph',
        version: 1,
        nodes: Object.fromEntries(
          Array.from({ length: 100_000 }, (_, i) => [i, { type: 'A', version: 1, inputs: {} }]),
        ),
        layout: { nodes: {}, groups: [] },
      }),
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text);
      await ui.openFile(join(folder, name));
      assert.match(await ui.takeAlert(), /\w+ \w+/, name);
      assert.deepEqual(await tabNames(page), before, name);
    }
  });

  it('reports no error and asks no other host for anything', () => {
    assert.deepEqual(app.errors, []);
    assert.deepEqual(app.requestsElsewhere, []);
  });
});
