import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { AppPage } from './support/app-page.js';
import { appears, until } from './support/appears.js';
import { closeGallery, serveApp } from './support/served-app.js';
import { smallGraph } from './support/small-graph.js';
import { storedTexts } from './support/stored-texts.js';

const TIMEOUT_MS = 240_000;

/** Takes away, in the page and in its threads, what browsers other than Chromium lack. */
const TAKEN_AWAY = `{
  const take = (owner, ...names) => {
    for (const name of names) if (owner) delete owner[name];
  };
  take(globalThis, 'requestIdleCallback', 'cancelIdleCallback', 'scheduler', 'CompressionStream');
  take(globalThis, 'showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker');
  take(globalThis.StorageManager?.prototype, 'estimate', 'persist', 'persisted');
  take(globalThis.FileSystemFileHandle?.prototype, 'createWritable');
  take(globalThis.FileSystemHandle?.prototype, 'queryPermission', 'requestPermission');
  take(globalThis.DataTransferItem?.prototype, 'getAsFileSystemHandle');
  take(globalThis.Document?.prototype, 'startViewTransition');
  for (const kind of ['Navigator', 'WorkerNavigator']) {
    take(globalThis[kind]?.prototype, 'gpu', 'deviceMemory', 'connection', 'userAgentData');
  }
  take(globalThis.WebAssembly, 'Suspending', 'promising');
  if (globalThis.OffscreenCanvas) {
    const { getContext, convertToBlob } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.getContext = function (kind, settings) {
      return kind === '2d' ? getContext.call(this, kind, settings) : null;
    };
    OffscreenCanvas.prototype.convertToBlob = function () {
      return convertToBlob.call(this, { type: 'image/png' });
    };
  }
};
`;

/** As above, without a service worker and without locks between windows. */
const MORE_TAKEN_AWAY = `${TAKEN_AWAY}{
  for (const kind of ['Navigator', 'WorkerNavigator']) {
    if (globalThis[kind]) for (const name of ['serviceWorker', 'locks']) delete globalThis[kind].prototype[name];
  }
};
`;

const CASES = [
  {
    lack: 'file pickers, storage estimates, idle callbacks, promise integration and half of OffscreenCanvas',
    script: TAKEN_AWAY,
    isNotIsolated: false,
  },
  {
    lack: 'those, isolation with its shared memory, a service worker and locks',
    script: MORE_TAKEN_AWAY,
    isNotIsolated: true,
  },
] as const;

describe('a browser with fewer features', { timeout: 2 * TIMEOUT_MS }, () => {
  for (const { lack, script, isNotIsolated } of CASES) {
    it(`opens, runs, saves and has its graph again without ${lack}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'crossweave-fewer-'));
      const app = await serveApp({ isNotIsolated, threadsBeginWith: script });
      try {
        const page = await app.browser.newPage();
        await page.evaluateOnNewDocument(script);
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(String(error)));
        await page.goto(app.address);
        await closeGallery(page);
        const ui = new AppPage(page);
        assert.equal(await page.evaluate('typeof requestIdleCallback'), 'undefined');
        assert.equal(await page.evaluate('crossOriginIsolated'), !isNotIsolated);

        const file = join(folder, 'small.json');
        await writeFile(file, await smallGraph());
        await ui.openFile(file);
        await appears(page, '::-p-aria([name="Small"])');
        await ui.run(TIMEOUT_MS);
        assert.match((await ui.journal()).summary, /finished/);

        await ui.downloadInto(folder);
        await ui.click('tab', 'Pictures');
        await ui.click('button', 'Download transfer.png');
        await until(async () => (await readdir(folder)).includes('transfer.png'));
        await ui.click('tab', 'Models');
        await appears(page, '>>> cw-model-panel >>> #address');
        await until(async () =>
          (await storedTexts(page, 'graphs')).some((text) => text.includes('"Small"')),
        );
        await page.reload();
        await appears(page, '::-p-aria([name="Small"])');
        assert.deepEqual(errors, []);
        assert.deepEqual(app.forbidden, []);
      } finally {
        await app.close();
        await rm(folder, { recursive: true });
      }
    });
  }
});
