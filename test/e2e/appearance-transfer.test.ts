import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AppPage } from './support/app-page.js';
import { appears } from './support/appears.js';
import { isFirefox } from './support/launch-browser.js';
import { difference, spread } from './support/picture-statistics.js';
import { serveApp, type ServedApp } from './support/served-app.js';

const RUN_TIMEOUT_MS = 300_000;

const SCREENSHOTS = fileURLToPath(new URL('screenshots', import.meta.url));

/** The picture in the README; drawn anew only when UPDATE_SCREENSHOT is set. */
const README_PICTURE = fileURLToPath(new URL('../../docs/crossweave.png', import.meta.url));

const UPDATES_README = process.env['UPDATE_SCREENSHOT'] !== undefined;

const STAGES = [
  'Load Checkpoint',
  'FreeU',
  'Invert structure',
  'Invert appearance',
  'Structure mask',
  'Injection Schedule',
  'Denoise Start',
  'Cross-Image U-Net Step',
  'Appearance Guidance',
  'DDPM Step',
  'AdaIN',
  'Denoise End',
  'VAE Decode',
  'Result',
];

describe('the built application in a browser', { timeout: 2 * RUN_TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;
  let folder: string;

  before(async () => {
    app = await serveApp();
    ui = new AppPage(await app.open());
    folder = await mkdtemp(join(tmpdir(), 'crossweave-e2e-'));
    await mkdir(SCREENSHOTS, { recursive: true });
  });

  after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('is isolated from other origins and opens on the graph of the method', async () => {
    assert.equal(await ui.page.evaluate(() => globalThis.crossOriginIsolated), true);
    await appears(ui.page, '::-p-aria([name="Undo"][role="button"])');
    const names = await ui.nodeNames();
    for (const stage of STAGES) assert.ok(names.includes(stage), `${stage} in ${names.join(', ')}`);
  });

  it('says where the networks run, and why', async () => {
    const device = await appears(ui.page, '>>> button[aria-label^="Device: "]');
    const label = await device.evaluate((element) => element.getAttribute('aria-label'));
    assert.match(label ?? '', /^Device: CPU, \d+ threads?\. .*WebGPU/);
  });

  it('runs the graph and shows how far it is, pass by pass', async () => {
    const passes = await ui.run(RUN_TIMEOUT_MS);
    assert.ok(passes.length > 5, `passes seen: ${passes.join(' ')}`);
    assert.deepEqual(
      passes,
      [...passes].sort((a, b) => a - b),
    );
    assert.match((await ui.journal()).summary, /finished/);
  });

  it('shows a result that is a picture of its own', async () => {
    const structure = await ui.pixelsOf('Encode structure');
    const appearance = await ui.pixelsOf('Encode appearance');
    const result = await ui.pixelsOf('Result');
    assert.ok(spread(result) > 15, `spread ${spread(result)}`);
    assert.ok(difference(result, structure) > 3, `to structure ${difference(result, structure)}`);
    assert.ok(difference(result, appearance) > 3, `to looks ${difference(result, appearance)}`);
  });

  it('computes nothing again when nothing changed', async () => {
    await ui.run(RUN_TIMEOUT_MS);
    const computed = Object.entries((await ui.journal()).nodes).filter(
      ([, text]) => text !== 'cached',
    );
    assert.deepEqual(computed, []);
  });

  it('runs only the passes that an edit of the schedule reaches', async () => {
    await ui.setWidget('Injection Schedule', 'adain_end', '60');
    const [first = 0] = await ui.run(RUN_TIMEOUT_MS);
    assert.ok(first > 60, `first pass seen: ${first}`);
    const { nodes } = await ui.journal();
    assert.equal(nodes['Invert structure'], 'cached');
    assert.notEqual(nodes['VAE Decode'], 'cached');
  });

  it('takes an edit back and makes it again', async () => {
    await ui.click('button', 'Undo');
    assert.equal(await ui.widgetText('Injection Schedule', 'adain_end'), '100');
    await ui.click('button', 'Redo');
    assert.equal(await ui.widgetText('Injection Schedule', 'adain_end'), '60');
  });

  it('stops when it is asked to, and goes on from what it had', async () => {
    await ui.setWidget('Injection Schedule', 'adain_end', '45');
    const before = await ui.runCount();
    await ui.click('button', 'Run');
    await ui.click('button', 'Cancel');
    await ui.watchRun(before, RUN_TIMEOUT_MS);
    assert.match((await ui.journal()).summary, /cancelled/);
    await ui.run(RUN_TIMEOUT_MS);
    assert.match((await ui.journal()).summary, /finished/);
    assert.equal((await ui.journal()).nodes['Invert structure'], 'cached');
  });

  // A file that WebDriver BiDi gives to an input outside the document does not arrive.
  it('keeps the graph on screen when a file is no graph', { skip: isFirefox }, async () => {
    const names = await ui.nodeNames();
    const files: Readonly<Record<string, string>> = {
      'junk.json': '\u0000\u0001 no graph at all',
      'half.json': '{"format": "crossweave-graph", "version": 1, "nodes": {',
      'newer.json': '{"format": "crossweave-graph", "version": 999, "nodes": {}}',
      'large.json': `["${'x'.repeat(20_000_000)}"]`,
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text);
      await ui.openFile(join(folder, name));
      assert.match(await ui.takeAlert(), /\w+ \w+/, name);
      assert.deepEqual(await ui.nodeNames(), names, name);
    }
  });

  it('fits narrow and wide windows, dark and light, at one and two dots a pixel', async () => {
    await ui.showAll();
    for (const width of [360, 1920]) {
      for (const theme of ['dark', 'light'] as const) {
        for (const scale of [1, 2]) {
          const height = width === 360 ? 740 : 1080;
          await ui.lookAt({ width, height, scale, theme });
          const name = `${width}-${theme}-${scale}x`;
          await ui.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
          const run = await ui.boxOf('button', 'Run');
          const isInside = run.x >= 0 && run.x + run.width <= width && run.y + run.height <= height;
          assert.ok(isInside, `${name}: Run is at ${run.x}, ${run.y}`);
          assert.ok((await ui.widthTooMuch()) <= 0, `${name} scrolls sideways`);
        }
      }
    }
  });

  it('is drawn for the README when asked to', { skip: !UPDATES_README }, async () => {
    await ui.lookAt({ width: 1920, height: 1080, scale: 1, theme: 'dark' });
    await ui.click('button', 'Skip the first steps');
    await ui.click('tab', 'Runs');
    await ui.showAll();
    await ui.page.screenshot({ path: README_PICTURE });
  });

  it('has the graph again after a reload, with what was edited', async () => {
    const names = (await ui.nodeNames()).map(withoutState);
    await ui.page.reload();
    await appears(ui.page, '::-p-aria([name="Run"][role="button"])');
    assert.deepEqual((await ui.nodeNames()).map(withoutState), names);
    assert.equal(await ui.widgetText('Injection Schedule', 'adain_end'), '45');
  });

  it('reports no error and asks no other host for anything', () => {
    assert.deepEqual(app.errors, []);
    assert.deepEqual(app.requestsElsewhere, []);
    assert.deepEqual(app.forbidden, []);
  });
});

function withoutState(name: string): string {
  return name.split(', ')[0] ?? '';
}
