import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ElementHandle } from 'puppeteer-core';
import { AppPage } from './support/app-page.js';
import { serveApp, type ServedApp } from './support/served-app.js';

const TIMEOUT_MS = 240_000;

const EXAMPLE = fileURLToPath(new URL('../../graphs/appearance-transfer.json', import.meta.url));

interface SavedGraph {
  title?: string;
  readonly nodes: Readonly<
    Record<string, { readonly type: string; readonly inputs: Record<string, unknown> }>
  >;
}

/** The example with few timesteps and no guidance in its inversions: runs in seconds. */
async function smallGraph(): Promise<string> {
  const graph = JSON.parse(await readFile(EXAMPLE, 'utf8')) as SavedGraph;
  for (const { type, inputs } of Object.values(graph.nodes)) {
    if (type === 'DDPMInversion') Object.assign(inputs, { steps: 10, skip_steps: 3, cfg: 1 });
  }
  graph.title = 'Small';
  return JSON.stringify(graph);
}

describe('running, in the built application', { timeout: 2 * TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;
  let folder: string;

  before(async () => {
    app = await serveApp();
    ui = new AppPage(await app.open());
    folder = await mkdtemp(join(tmpdir(), 'crossweave-running-'));
    const file = join(folder, 'small.json');
    await writeFile(file, await smallGraph());
    await ui.page.waitForSelector('::-p-aria([name="Run"][role="button"])');
    await ui.openFile(file);
    await ui.page.waitForSelector('::-p-aria([name="Small"])');
  });

  after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  /** The line of the graph's list whose name begins so, with the focus on it. */
  async function lineOf(name: string): Promise<ElementHandle> {
    // The first click may meet a dialog that is still closing.
    for (let tries = 0; tries < 10; tries += 1) {
      await ui.click('tab', 'List');
      const found = ui.page.waitForSelector('>>> [role=treeitem]', { timeout: 3000 });
      if (await found.catch(() => null)) break;
    }
    const line = await ui.page.waitForSelector(`>>> [role=treeitem][aria-label^="${name}"]`);
    if (line === null) throw new Error(`The list has no line ${name}.`);
    await line.focus();
    return line;
  }

  /** Waits until the newest run of the journal says so. */
  async function newestSays(text: string): Promise<void> {
    await ui.click('tab', 'Runs');
    const end = performance.now() + TIMEOUT_MS;
    let said = '';
    while (performance.now() < end) {
      said = await ui.page
        .$eval('>>> cw-run-journal >>> summary', (summary) => summary.textContent)
        .catch(() => '');
      if (said.includes(text)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The newest run says ${said}, not ${text}.`);
  }

  it('runs to a node and no further', async () => {
    await lineOf('Encode structure');
    await ui.page.keyboard.down('Shift');
    await ui.page.keyboard.press('F10');
    await ui.page.keyboard.up('Shift');
    await ui.click('menuitem', 'Run to the selected nodes');
    await newestSays('finished');
    const { nodes } = await ui.journal();
    assert.ok('Encode structure' in nodes, Object.keys(nodes).join(', '));
    assert.ok(!('Result' in nodes), Object.keys(nodes).join(', '));
  });

  it('shows the value of a socket, asked for by keyboard, without computing', async () => {
    await lineOf('Encode structure');
    await ui.page.keyboard.press('ArrowRight');
    await lineOf('LATENT');
    await ui.page.keyboard.press('v');
    const card = await ui.page.waitForSelector(
      '::-p-aria([name="Value of Encode structure · LATENT"][role="dialog"])',
    );
    await ui.page.waitForSelector('>>> cw-value-card >>> [role=img][aria-label^="Distribution"]');
    const text = await card?.evaluate((element) => element.shadowRoot?.textContent ?? '');
    assert.match(text ?? '', /\[1, \d+, \d+, \d+\] float32/);
    await ui.page.keyboard.press('Escape');
    await ui.page.waitForSelector('>>> cw-value-card', { hidden: true });
  });

  it('reports no error while it does all this', () => {
    assert.deepEqual(app.errors, []);
  });
});
