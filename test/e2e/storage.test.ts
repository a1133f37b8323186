import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { AppPage } from './support/app-page.js';
import { appears, disappears, until } from './support/appears.js';
import { closeGallery, serveApp, type ServedApp } from './support/served-app.js';
import { storedTexts } from './support/stored-texts.js';

const SCHEDULE = 'Injection Schedule';

/** A graph of a later version. */
const LATER = '{"format":"crossweave-graph","version":999}';

/** Puts what this version cannot read in the place of the stored graph and the settings, and beside the pictures. */
const damage = `(async () => {
  const change = (name, act) => new Promise((resolve, reject) => {
    const opening = indexedDB.open('crossweave-' + name);
    opening.onupgradeneeded = () => opening.result.createObjectStore('values');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('values', 'readwrite');
      act(writing.objectStore('values'));
      writing.onerror = () => reject(writing.error);
      writing.oncomplete = () => { opening.result.close(); resolve(); };
    };
  });
  await change('graphs', (graphs) => {
    const reading = graphs.getAllKeys();
    reading.onsuccess = () => graphs.put('${LATER}', reading.result[0]);
  });
  await change('settings', (settings) => settings.put('damaged', 'settings'));
  await change('pictures', (pictures) => pictures.put({ parts: ['of later'] }, 'later.png'));
})()`;

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
    await other.downloadInto(folder);
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

  it('tells which records cannot be read, gives them as files, loses none, and works on', async () => {
    const context = await app.browser.createBrowserContext();
    const alone = await context.newPage();
    await alone.goto(app.address);
    await closeGallery(alone);
    const other = new AppPage(alone);
    await other.setWidget(SCHEDULE, 'adain_end', '51');
    await until(async () => holds(await storedTexts(alone, 'graphs'), 51));
    // Another file of the same site, so that nothing is stored meanwhile.
    await alone.goto(`${app.address}/theme.css`);
    await alone.evaluate(damage);
    await alone.setViewport({ width: 1600, height: 900 });
    await alone.goto(app.address);
    const folder = await mkdtemp(join(tmpdir(), 'crossweave-unreadable-'));
    await other.downloadInto(folder);
    const files = async () => (await readdir(folder)).filter((name) => name.endsWith('.json'));
    const seen = new Set<string>();
    for (const [label, content] of [
      ['Download unreadable settings', 'damaged'],
      ['Download unreadable pictures', 'of later'],
      ['Download its text', LATER],
    ] as const) {
      await appears(alone, `::-p-aria([name="${label}"][role="button"])`);
      await other.click('button', label);
      await until(async () => (await files()).length > seen.size);
      const name = (await files()).find((file) => !seen.has(file)) ?? '';
      seen.add(name);
      assert.ok((await readFile(join(folder, name), 'utf8')).includes(content), name);
    }
    await other.setWidget(SCHEDULE, 'adain_end', '50');
    await until(async () => holds(await storedTexts(alone, 'graphs'), 50));
    assert.ok((await storedTexts(alone, 'graphs')).includes(LATER), 'it is stored as it was');
    await other.click('button', 'Delete unreadable pictures');
    await disappears(alone, '::-p-aria([name="Delete unreadable pictures"][role="button"])');
    await context.close();
    await rm(folder, { recursive: true });
  });

  it('has a run whose page was killed: its passes are shown, and the next run goes on from them', async () => {
    const context = await app.browser.createBrowserContext();
    const killed = await context.newPage();
    await killed.goto(app.address);
    await closeGallery(killed);
    const before = new AppPage(killed);
    for (const title of ['Invert structure', 'Invert appearance', SCHEDULE]) {
      await before.setWidget(title, 'steps', '30');
      await before.setWidget(title, 'skip_steps', '6');
    }
    await before.setWidget('Structure mask', 'step', '4');
    await before.setWidget('Appearance mask', 'step', '4');
    await before.click('button', 'Run');
    await until(async () => (await stored(killed, 'unfinished-parts', ENDED_PASSES)).length >= 3);
    await killed.close();

    const page = await context.newPage();
    await page.goto(app.address);
    const after = new AppPage(page);
    await until(async () => (await journal(page)).some(({ passes = 0 }) => passes > 2));
    const [cutOff] = await journal(page);
    assert.equal(cutOff?.outcome, 'interrupted');
    assert.ok((cutOff.stoppedAt ?? 0) >= 2, 'the pass under way is told');
    await after.click('tab', 'Runs');
    await appears(page, '>>> cw-run-journal >>> img');
    await after.click('button', 'Run');
    const resumed = async () => (await journal(page)).find(({ outcome }) => outcome === 'success');
    await until(async () => ((await resumed())?.hash ?? '') !== '');
    const inversions = 2 * 23 * 2;
    assert.ok(((await resumed())?.unet?.sampleForwards ?? Infinity) < inversions);
    assert.deepEqual(await stored(page, 'unfinished-parts', '() => true'), []);
    await context.close();
  });
});

/** Picks what the nodes of a loop have told of their ends. */
const ENDED_PASSES = `({ type, pass }) => type === 'executed' && pass !== undefined`;

interface KeptRun {
  readonly outcome: string;
  readonly hash?: string;
  readonly stoppedAt?: number;
  /** How many looks at passes it has. */
  readonly passes?: number;
  readonly unet?: { readonly sampleForwards: number };
}

/** The runs that the page's storage has, the oldest first. */
async function journal(page: Page): Promise<readonly KeptRun[]> {
  const runs = await stored(
    page,
    'journal',
    '() => true',
    '({ passes, pictures, ...run }) => ({ ...run, passes: passes.length })',
  );
  return runs as readonly KeptRun[];
}

/** What a database of the page holds, of the values that `pick` takes; both are told as functions in words. */
async function stored(
  page: Page,
  database: string,
  pick: string,
  look = '() => true',
): Promise<readonly unknown[]> {
  const answer = await page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('crossweave-${database}');
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
      const database = opening.result;
      const all = database.transaction('values').objectStore('values').getAll();
      all.onerror = () => reject(all.error);
      all.onsuccess = () => {
        resolve(all.result.filter(${pick}).map(${look}));
        database.close();
      };
    };
  })`);
  return answer as readonly unknown[];
}
