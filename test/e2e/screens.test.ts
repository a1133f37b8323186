import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AppPage } from './support/app-page.js';
import { appears, disappears } from './support/appears.js';
import { differenceFromScreen, isAlike } from './support/screens.js';
import { serveApp, type ServedApp } from './support/served-app.js';

const RUN_TIMEOUT_MS = 300_000;

/** What a key opens over the page, and a screen of it. */
const opened = [
  {
    promise: 'offers nodes where the pointer asks for one',
    keys: 'Shift+A',
    shows: '>>> cw-node-palette >>> [role=option]',
    name: 'palette',
  },
  {
    promise: 'keeps its settings in one dialog',
    keys: 'Control+,',
    shows: '>>> cw-settings-dialog >>> dialog[open]',
    name: 'settings',
  },
  {
    promise: 'has a gallery of what the method can do',
    keys: 'n',
    shows: '>>> cw-template-gallery >>> dialog[open]',
    name: 'gallery',
  },
  {
    promise: 'lists every stored graph',
    keys: 'w',
    shows: '>>> cw-graph-shelf >>> dialog[open]',
    name: 'graphs',
  },
  {
    promise: 'has every command in one search',
    keys: 'Control+k',
    shows: '>>> cw-finder >>> [role=dialog]',
    name: 'commands',
  },
  {
    promise: 'keeps schedules on a shelf',
    keys: 'Shift+T',
    shows: '>>> cw-schedule-library',
    name: 'schedules',
  },
] as const;

// `UPDATE_SCREENS=1 npm run test:e2e` draws test/screens/ anew.
describe('the page as it is known', { timeout: 2 * RUN_TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;

  before(async () => {
    app = await serveApp();
    ui = new AppPage(await app.open({ width: 1280, height: 800 }));
    await ui.page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: 'dark' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await appears(ui.page, '>>> cw-guide');
    await ui.click('button', 'Skip the first steps');
    await ui.click('tab', 'Node');
    await ui.showAll();
    await ui.page.mouse.click(400, 700);
  });

  after(() => app.close());

  const settle = (): Promise<void> => new Promise((settled) => setTimeout(settled, 900));

  async function looksLike(name: string): Promise<void> {
    await ui.page.mouse.move(2, 2);
    await settle();
    const share = await differenceFromScreen(ui.page, name);
    assert.ok(isAlike(share), `${(share * 100).toFixed(2)} % of ${name} differ`);
  }

  it('opens on the graph of the method', () => looksLike('start'));

  it('is as calm by day', async () => {
    await ui.lookAt({ width: 1280, height: 800, theme: 'light' });
    await looksLike('start-light');
    await ui.lookAt({ width: 1280, height: 800, theme: 'dark' });
  });

  for (const { promise, keys, shows, name } of opened) {
    it(promise, async () => {
      await ui.press(keys);
      await appears(ui.page, shows);
      await looksLike(name);
      await ui.page.keyboard.press('Escape');
      await disappears(ui.page, shows);
    });
  }

  it('draws the schedules of the graph over the passes', async () => {
    await ui.press('t');
    await appears(ui.page, '>>> cw-schedule-timeline');
    await looksLike('timeline');
    await ui.press('t');
    await disappears(ui.page, '>>> cw-schedule-timeline');
  });

  it('forecasts what a run will take', async () => {
    await ui.click('tab', 'Forecast');
    await looksLike('forecast');
  });

  it('tells which models there are', async () => {
    await ui.click('tab', 'Models');
    await looksLike('models');
  });

  it('shows results on their nodes and the run in the panel', async () => {
    await ui.run(RUN_TIMEOUT_MS);
    await ui.click('tab', 'Node');
    await looksLike('result');
  });

  it('keeps the run in the journal', async () => {
    await ui.click('tab', 'Runs');
    await appears(ui.page, '>>> cw-run-journal >>> img');
    await looksLike('journal');
  });

  it('is a form for who only wants to fill in and run', async () => {
    await ui.press('Alt+a');
    await appears(ui.page, '>>> cw-form-view');
    await looksLike('form');
    await ui.page.keyboard.press('Escape');
    await disappears(ui.page, '>>> cw-form-view');
  });

  it('is a list on a phone', async () => {
    await ui.page.setViewport({ width: 360, height: 740 });
    await ui.click('tab', 'List');
    await looksLike('list-360');
  });

  it('reported no error', () => {
    assert.deepEqual(app.errors, []);
  });
});
