import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { appears, disappears, until } from './support/appears.js';
import { AppPage } from './support/app-page.js';
import { Fingers, type Place } from './support/fingers.js';
import { serveApp, type ServedApp } from './support/served-app.js';
import { socketPlace } from './support/socket-place.js';
import { temporaryFile } from './support/temporary-file.js';

const TIMEOUT_MS = 120_000;

/** Where the nodes lie, in units of the graph; both are as wide as `WIDTH`. */
const [ANIMAL, SHOWN, WIDTH] = [[0, 0], [420, 0], 180] as const;

/** Two nodes that no link joins yet. */
const GRAPH = {
  format: 'crossweave-graph',
  version: 1,
  title: 'Touched',
  nodes: {
    1: { type: 'Creature', version: 1, title: 'Animal', inputs: { size: 64 } },
    2: { type: 'PreviewImage', version: 1, title: 'Shown', inputs: {} },
  },
  layout: {
    groups: [],
    nodes: { 1: { pos: ANIMAL, size: [WIDTH, 0] }, 2: { pos: SHOWN, size: [WIDTH, 0] } },
  },
};

describe('the built application under fingers', { timeout: 2 * TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;
  let fingers: Fingers;

  before(async () => {
    app = await serveApp();
    const page = await app.open({ width: 820, height: 1180 });
    ui = new AppPage(page);
    fingers = new Fingers(page);
    await page.setViewport({ width: 820, height: 1180, hasTouch: true });
    await appears(page, '>>> cw-guide');
    await fingers.tap('button', 'Skip the first steps');
    await ui.openFile(await temporaryFile(JSON.stringify(GRAPH)));
    await appears(page, '::-p-aria([name="Touched"])');
    await settle();
  });

  after(() => app.close());

  /** The view glides to where it is asked to. */
  const settle = (): Promise<void> => new Promise((settled) => setTimeout(settled, 600));

  const output = (): Promise<Place> => socketPlace(ui.page, 'IMAGE. The picture.');
  const input = (): Promise<Place> => socketPlace(ui.page, 'IMAGE. The picture to show.');

  /** A place of the animal's node, in units of the graph from its top left corner, told from where its socket is. */
  async function onAnimal(x: number, y: number): Promise<Place> {
    const [from, to] = [await output(), await input()];
    const scale = (to[0] - from[0]) / (SHOWN[0] - WIDTH);
    // The first socket's row begins below the title.
    return [from[0] + (x - WIDTH) * scale, from[1] + (y - 45) * scale];
  }

  const names = async (): Promise<string> => (await ui.nodeNames()).join('; ');

  it('moves a node with a finger on its title, and takes that back by a tap', async () => {
    const [before, other] = [await output(), await input()];
    const title = await onAnimal(90, 15);
    await fingers.drag(title, [title[0] - 20, title[1] + 90]);
    const moved = await output();
    assert.ok(Math.abs(moved[1] - before[1] - 90) < 8, `moved by ${String(moved[1] - before[1])}`);
    assert.deepEqual(await input(), other);
    await fingers.tap('button', 'Undo');
    await until(async () => Math.abs((await output())[1] - before[1]) < 3);
  });

  it('moves the view with a finger beside the nodes', async () => {
    const [from, to] = [await output(), await input()];
    await fingers.drag([230, 300], [245, 240]);
    const [movedFrom, movedTo] = [await output(), await input()];
    for (const [before, now] of [
      [from, movedFrom],
      [to, movedTo],
    ] as const) {
      assert.ok(Math.abs(now[0] - before[0] - 15) < 4, `${String(before)} to ${String(now)}`);
      assert.ok(Math.abs(now[1] - before[1] + 60) < 4, `${String(before)} to ${String(now)}`);
    }
  });

  it('makes the nodes smaller and larger with two fingers', async () => {
    const apart = async () => (await input())[0] - (await output())[0];
    const before = await apart();
    await fingers.pinch([230, 300], 120, 90);
    const smaller = await apart();
    assert.ok(Math.abs(smaller / before - 0.75) < 0.05, `${String(smaller / before)} of the size`);
    await fingers.pinch([230, 300], 90, 120);
    assert.ok(Math.abs((await apart()) / before - 1) < 0.05);
  });

  it('links two sockets with a finger', async () => {
    await fingers.drag(await output(), await input());
    await until(async () => !(await problems()).includes('not connected'));
    assert.match(await names(), /Shown/);
  });

  /** What the panel says is wrong with the graph. */
  async function problems(): Promise<string> {
    await fingers.tap('tab', (await problemsTab()) ?? 'Problems');
    return ui.page.$eval('>>> cw-panel', (panel) => panel.shadowRoot?.textContent ?? '');
  }

  async function problemsTab(): Promise<string | undefined> {
    const tabs = await ui.page.$$eval('>>> [role=tab]', (all) =>
      all.map((tab) => tab.getAttribute('aria-label') ?? tab.textContent.trim()),
    );
    return tabs.find((name) => name.startsWith('Problems'));
  }

  it('offers what fits where a finger lets a link go, and adds what is tapped', async () => {
    const from = await output();
    await fingers.drag(from, [from[0] + 40, from[1] + 330]);
    await appears(ui.page, '>>> cw-node-palette >>> [role=option]');
    const first = await appears(ui.page, '>>> cw-node-palette >>> [role=option]');
    await first.tap();
    await disappears(ui.page, '>>> cw-node-palette >>> [role=option]');
    await until(async () => (await ui.nodeNames()).length === 3);
    await fingers.tap('button', 'Undo');
    await until(async () => (await ui.nodeNames()).length === 2);
  });

  it('opens the menu of a node under a finger that rests, and does what is tapped there', async () => {
    await fingers.rest(await onAnimal(90, 15));
    await fingers.tap('menuitem', 'Mute Ctrl+M');
    await until(async () => /Animal, .*muted/.test(await names()));
    await fingers.tap('button', 'Undo');
    await until(async () => !(await names()).includes('muted'));
  });

  it('turns a number under a finger, and opens its field by a tap', async () => {
    const row = await onAnimal(90, 30 + 4 * 22 + 12 + 2 * 28);
    await fingers.drag(row, [row[0] + 30, row[1]]);
    const turned = Number.parseInt(await ui.widgetText('Animal', 'size'), 10);
    assert.ok(turned > 64, `the size is ${String(turned)}`);
    await fingers.tapAt(row);
    await appears(ui.page, '>>> input.cw-overlay');
    await ui.press('Control+a');
    await ui.page.keyboard.type('80');
    await ui.page.keyboard.press('Enter');
    assert.match(await ui.widgetText('Animal', 'size'), /^80/);
  });

  it('runs by a tap and shows the picture', async () => {
    const before = await ui.runCount();
    await fingers.tap('button', 'Run');
    await ui.watchRun(before, TIMEOUT_MS);
    const { nodes } = await ui.journal();
    assert.ok('Shown' in nodes, Object.keys(nodes).join());
  });

  it('stops a run by a tap, and paints its schedule with a finger', async () => {
    await fingers.tap('tab', 'Appearance transfer');
    await until(async () => (await names()).includes('Denoise Start'));
    const before = await ui.runCount();
    await fingers.tap('button', 'Run');
    await fingers.tap('button', 'Cancel');
    await ui.watchRun(before, TIMEOUT_MS);
    assert.match((await ui.journal()).summary, /cancelled/);
    await ui.page.keyboard.press('t');
    const strip = await (await appears(ui.page, '>>> .strip')).boundingBox();
    assert.ok(strip);
    const text = () =>
      ui.page.$eval(
        '>>> cw-schedule-timeline >>> #text',
        (line) => (line as HTMLInputElement).value,
      );
    const lane = await text();
    const [x, y] = [strip.x + strip.width * 0.8, strip.y + 56];
    await fingers.drag([x, y], [x + 60, y]);
    await until(async () => (await text()) !== lane);
    assert.match(await text(), /struct 11\.\.36\/5, \d+\.\.\d+$/);
    await fingers.tap('button', 'Undo');
    await until(async () => (await text()) === lane);
    await ui.page.keyboard.press('t');
  });

  it('is a list on a phone, which a tap turns to the canvas and back', async () => {
    await ui.page.setViewport({ width: 390, height: 844, hasTouch: true, isMobile: false });
    await settle();
    await fingers.tap('tab', 'List');
    await appears(ui.page, '>>> [role=treeitem]');
    assert.equal(await ui.widthTooMuch(), 0);
    await fingers.tap('button', 'Hide panel');
    await disappears(ui.page, '>>> [role=treeitem]');
    await fingers.tap('button', 'Show panel');
    await appears(ui.page, '>>> [role=treeitem]');
  });

  it('reports no error', () => {
    assert.deepEqual(app.errors, []);
  });
});
