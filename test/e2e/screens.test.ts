import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AppPage } from './support/app-page.js';
import { appears } from './support/appears.js';
import { differenceFromScreen, isAlike } from './support/screens.js';
import { serveApp, type ServedApp } from './support/served-app.js';

const RUN_TIMEOUT_MS = 300_000;

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

  it('offers nodes where the pointer asks for one', async () => {
    await ui.page.keyboard.down('Shift');
    await ui.page.keyboard.press('A');
    await ui.page.keyboard.up('Shift');
    await appears(ui.page, '>>> cw-node-palette >>> [role=option]');
    await looksLike('palette');
    await ui.page.keyboard.press('Escape');
  });

  it('keeps its settings in one dialog', async () => {
    await ui.page.keyboard.down('Control');
    await ui.page.keyboard.press(',');
    await ui.page.keyboard.up('Control');
    await appears(ui.page, '>>> cw-settings-dialog >>> dialog[open]');
    await looksLike('settings');
    await ui.page.keyboard.press('Escape');
  });

  it('shows results on their nodes and the run in the panel', async () => {
    await ui.run(RUN_TIMEOUT_MS);
    await ui.click('tab', 'Node');
    await looksLike('result');
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
