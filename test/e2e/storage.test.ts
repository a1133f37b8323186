import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AppPage } from './support/app-page.js';
import { appears, disappears, until } from './support/appears.js';
import { closeGallery, serveApp, type ServedApp } from './support/served-app.js';
import { storedTexts } from './support/stored-texts.js';

const SCHEDULE = 'Injection Schedule';

/** Whether one of the texts is a graph whose AdaIN ends at a pass. */
function holds(graphs: readonly string[], end: number): boolean {
  return graphs.some((text) => text.replaceAll(/\s/g, '').includes(`"adain_end":${String(end)}`));
}

describe('storage that fails under the built application', { timeout: 600_000 }, () => {
  let app: ServedApp;

  before(async () => {
    app = await serveApp();
  });

  after(() => app.close());

  it('works without storage, and says that nothing is kept', async () => {
    const context = await app.browser.createBrowserContext();
    const alone = await context.newPage();
    await alone.evaluateOnNewDocument(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Storage is not allowed here.', 'SecurityError');
      };
    });
    await alone.goto(app.address);
    await appears(alone, '>>> cw-banner[kind=error]');
    const other = new AppPage(alone);
    await other.setWidget(SCHEDULE, 'adain_end', '55');
    assert.equal(await other.widgetText(SCHEDULE, 'adain_end'), '55');
    await appears(alone, '::-p-aria([name="Download the graph"][role="button"])');
    await context.close();
  });

  it('says that storage is full, gives the graph as a file, and stores it when there is room again', async () => {
    const context = await app.browser.createBrowserContext();
    const alone = await context.newPage();
    await alone.goto(app.address);
    await closeGallery(alone);
    const other = new AppPage(alone);
    await other.setWidget(SCHEDULE, 'adain_end', '54');
    await until(async () => holds(await storedTexts(alone, 'graphs'), 54));
    await alone.evaluate(`
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      };
      globalThis.makeRoom = () => { IDBObjectStore.prototype.put = put; };
    `);
    await other.setWidget(SCHEDULE, 'adain_end', '53');
    await appears(alone, '>>> cw-banner[kind=error]');
    const folder = await mkdtemp(join(tmpdir(), 'crossweave-full-'));
    const client = await alone.createCDPSession();
    await client.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: folder,
      ...(context.id !== undefined && { browserContextId: context.id }),
    });
    await other.click('button', 'Download the graph');
    const saved = async () => (await readdir(folder)).filter((name) => name.endsWith('.json'));
    await until(async () => (await saved()).length === 1);
    const [name = ''] = await saved();
    assert.ok(holds([await readFile(join(folder, name), 'utf8')], 53));
    assert.ok(holds(await storedTexts(alone, 'graphs'), 54), 'what was stored is still there');
    await alone.evaluate('makeRoom()');
    await other.setWidget(SCHEDULE, 'adain_end', '52');
    await disappears(alone, '>>> cw-banner[kind=error]');
    await until(async () => holds(await storedTexts(alone, 'graphs'), 52));
    await context.close();
    await rm(folder, { recursive: true });
  });
});
