import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listen } from '../../tools/serve/listen.js';
import { downloadServer } from '../support/download-server.mjs';
import { appears, until } from './support/appears.js';
import { AppPage } from './support/app-page.js';
import { smallGraph } from './support/small-graph.js';
import { serveApp, type ServedApp } from './support/served-app.js';

const TIMEOUT_MS = 240_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The test server of downloads on a port of its own, which lets pages of other origins read. */
function foreignServer(): Server {
  const answer = downloadServer(ROOT);
  return createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'ETag, Content-Range');
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Headers', 'Authorization, Range');
      response.end();
      return;
    }
    const { pathname: path } = new URL(request.url ?? '/', 'http://localhost');
    answer({ path, req: request, res: response, respond: true }, () => Promise.resolve()).catch(
      (error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      },
    );
  });
}

describe('models, in the built application', { timeout: 3 * TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;
  let folder: string;
  let foreign: Server;
  let models: string;

  before(async () => {
    app = await serveApp();
    foreign = foreignServer();
    models = `http://127.0.0.1:${String(await listen(foreign, 0))}/download-server`;
    ui = new AppPage(await app.open());
    folder = await mkdtemp(join(tmpdir(), 'crossweave-models-'));
    const file = join(folder, 'small.json');
    await writeFile(file, await smallGraph({ steps: 10, skipSteps: 3, maskStep: 2 }));
    await appears(ui.page, '::-p-aria([name="Run"][role="button"])');
    await ui.openFile(file);
    await appears(ui.page, '::-p-aria([name="Small"])');
    // The page's own files are kept before the disk is filled: a full one would keep none of them until the next load.
    await until(
      () => ui.page.evaluate(() => navigator.serviceWorker.controller !== null),
      'The page did not come under its service worker.',
      TIMEOUT_MS,
    );
  });

  after(async () => {
    await app.close();
    foreign.closeAllConnections();
    foreign.close();
    await rm(folder, { recursive: true });
  });

  async function look(address: string): Promise<void> {
    await ui.click('tab', 'Models');
    const field = await appears(ui.page, '>>> cw-model-panel >>> #address');
    await field.evaluate((element) => {
      (element as HTMLInputElement).focus();
      (element as HTMLInputElement).select();
    });
    await ui.page.keyboard.type(address);
    await ui.click('button', 'Look');
  }

  /** Lets the browser's real quota end the download under way, and goes on when there is room again. */
  async function fillsTheDisk(): Promise<void> {
    const browser = await ui.page.createCDPSession();
    const origin = app.address;
    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    const card = '>>> cw-model-panel >>> cw-model-card >>> ';
    const failure = await appears(ui.page, `${card}p.note.failure + p.note.failure`);
    const told = await failure.evaluate((element) => element.textContent);
    assert.match(
      told,
      /^The disk, .* is full\. .* are kept: make room and resume, or delete them\.$/,
    );
    assert.equal((await ui.page.$$('::-p-aria([name="Use: creatures-2"])')).length, 0);
    await browser.send('Storage.overrideQuotaForOrigin', { origin });
    await ui.click('button', 'Resume: creatures-2');
  }

  it('tells in words what cannot be added', async () => {
    await look(`${models}/a/ranges/package.json.safetensors`);
    const alert = await appears(ui.page, '>>> cw-model-panel >>> [role=alert]');
    assert.match(await alert.evaluate((element) => element.textContent), /no such file/);
    await ui.click('button', 'Cancel');
  });

  it('adds a model by its address, shows how far it is, and runs with it', async () => {
    await look(`${models}/b/sluggish/public/models/creatures`);
    await ui.click('button', 'Download');
    const bar = await appears(ui.page, '>>> cw-model-panel >>> section > .bar');
    assert.match((await bar.evaluate((element) => element.ariaValueText)) ?? '', /of \d.* MB/);
    await fillsTheDisk();
    await ui.click('button', 'Use: creatures-2');
    const before = await ui.runCount();
    assert.equal(await ui.widgetText('Load Checkpoint', 'ckpt_name'), 'creatures-2');
    assert.equal(before, 0);
    await ui.run(TIMEOUT_MS);
    assert.match((await ui.journal()).summary, /finished/);
    assert.equal((await ui.page.$$('>>> cw-toasts >>> .error')).length, 0);
  });

  it('opens and runs without its server, with the model that was added', async () => {
    assert.deepEqual(app.forbidden, []);
    await app.stop();
    foreign.closeAllConnections();
    foreign.close();
    await ui.page.reload();
    await appears(ui.page, '::-p-aria([name="Run"][role="button"])');
    const isIsolated = await ui.page.evaluate(() => crossOriginIsolated);
    assert.equal(isIsolated, true);
    assert.equal(await ui.widgetText('Load Checkpoint', 'ckpt_name'), 'creatures-2');
    await ui.run(TIMEOUT_MS);
    assert.match((await ui.journal()).summary, /finished/);
  });
});
