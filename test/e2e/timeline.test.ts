import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { appears, until } from './support/appears.js';
import { AppPage, type Pixels } from './support/app-page.js';
import { difference } from './support/picture-statistics.js';
import { keepRunLog, readRunLog, type LoggedEvent } from './support/run-log.js';
import { serveApp, type ServedApp } from './support/served-app.js';
import { smallGraph } from './support/small-graph.js';
import { temporaryFile } from './support/temporary-file.js';

const RUN_TIMEOUT_MS = 300_000;

/** Steps of the axis, and those of them that are skipped: enough for the paper's pattern. */
const [STEPS, SKIPPED] = [72, 24];
const MASK_STEP = 40;

describe('the schedule timeline in the built application', { timeout: 3 * RUN_TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;

  before(async () => {
    app = await serveApp();
    ui = new AppPage(await app.open());
    await keepRunLog(ui.page);
    await appears(ui.page, '::-p-aria([name="Run"][role="button"])');
    const graph = await smallGraph({ steps: STEPS, skipSteps: SKIPPED, maskStep: MASK_STEP });
    await ui.openFile(await temporaryFile(graph));
    await until(async () => (await ui.nodeNames()).length > 0);
    await ui.page.keyboard.press('t');
    await appears(ui.page, '>>> .strip');
  });

  after(() => app.close());

  /** Where the middle of a pass lies in the first lane. */
  async function placeOf(pass: number): Promise<readonly [number, number]> {
    const strip = await appears(ui.page, '>>> .strip');
    const box = await strip.boundingBox();
    if (!box) throw new Error('There is no timeline.');
    const [left, right] = [96, 12];
    const column = (box.width - left - right) / STEPS;
    return [box.x + left + (pass + SKIPPED + 0.5) * column, box.y + 56];
  }

  async function paint(from: number, to: number): Promise<void> {
    const { mouse } = ui.page;
    await mouse.move(...(await placeOf(from)));
    await mouse.down();
    await mouse.move(...(await placeOf(to)), { steps: 6 });
    await mouse.up();
  }

  /** Waits until the log holds an event of which a test, written as code of the page, is true. */
  async function logHas(test: string): Promise<void> {
    await until(
      async () => (await ui.page.evaluate(`globalThis.runLog.some(${test})`)) === true,
      `No event came of which holds: ${test}`,
      RUN_TIMEOUT_MS,
    );
  }

  /** Waits for a run to succeed that has not when the log was read last; gives the log to its end. */
  async function nextRun(): Promise<readonly LoggedEvent[]> {
    await logHas(`({ type }) => type === 'execution-success'`);
    return readRunLog(ui.page);
  }

  const laneText = (): Promise<string> =>
    ui.page.$eval(
      '>>> cw-schedule-timeline >>> #text',
      (input) => (input as HTMLInputElement).value,
    );

  /** What something says; empty while it is not there. */
  const textOf = (selector: string): Promise<string> =>
    ui.page.$$eval(selector, (all) => all.map(({ textContent }) => textContent.trim()).join());

  /** Gives a field a value, as typing it would. */
  async function give(selector: string, value: string, event: 'input' | 'change'): Promise<void> {
    const field = await appears(ui.page, selector);
    const change = (element: Element, text: string, type: string): void => {
      (element as HTMLInputElement).value = text;
      element.dispatchEvent(new Event(type, { bubbles: true }));
    };
    await field.evaluate(change, value, event);
  }

  it('paints by dragging, and follows with a run from the first changed pass alone', async () => {
    await ui.click('button', 'Run');
    const before = shownPictures(await nextRun());
    await ui.click('button', 'Live');
    await paint(40, 43);
    assert.match(await laneText(), /struct 11\.\.36\/5, 40\.\.43$/);
    const events = await nextRun();
    const passes = computedPasses(events);
    assert.equal(passes.length, STEPS - SKIPPED - 40);
    assert.deepEqual(
      passes,
      passes.map((_pass, i) => 40 + i),
    );
    const changes = [...shownPictures(events)].map(([node, picture]) =>
      difference(before.get(node) ?? picture, picture),
    );
    assert.ok(Math.max(...changes) > 0.05, `changed by ${changes.join(', ')}`);
  });

  it('shows the first new preview after one forward from the changed pass', async () => {
    await readRunLog(ui.page);
    await paint(45, 45);
    const events = await nextRun();
    const first = events.findIndex(({ type }) => type === 'preview');
    const steps = events.slice(0, first).filter(isForward);
    assert.deepEqual(
      steps.map(({ pass }) => pass),
      [45],
    );
  });

  it('shows new pictures while a drag goes on', async () => {
    await readRunLog(ui.page);
    const { mouse } = ui.page;
    await mouse.move(...(await placeOf(37)));
    await mouse.down();
    try {
      for (const pass of [38, 39]) {
        await mouse.move(...(await placeOf(pass)));
        await logHas(`({ type }) => type === 'preview'`);
        const passes = computedPasses(await readRunLog(ui.page));
        assert.ok(passes.length > 0 && passes.every((computed) => computed >= 37));
      }
    } finally {
      await mouse.up();
    }
    await nextRun();
  });

  it('stops a run at the pass under way when the drag goes on, and keeps what was finished', async () => {
    await readRunLog(ui.page);
    await paint(20, 20);
    // The first run has begun when its first pass is told.
    await logHas(`({ type, pass }) => type === 'executed' && pass === 23`);
    await paint(33, 33);
    const events = await nextRun();
    const [stopped = 0, next = 0] = [...new Set(events.map(({ run }) => run))];
    const inRun = (run: number) => computedPasses(events.filter((event) => event.run === run));
    const [done, rest] = [inRun(stopped), inRun(next)];
    assert.equal(done[0], 20);
    assert.ok(
      events.some(({ run, type }) => run === stopped && type === 'execution-interrupted'),
      'the first run was stopped',
    );
    // What was finished of the passes before 33 is not made again.
    const made = (run: number) =>
      events
        .filter(
          (event) => event.run === run && event.type === 'executed' && (event.pass ?? 33) < 33,
        )
        .map(({ nodeId, pass }) => `${nodeId} ${pass}`);
    const again = made(next).filter((name) => made(stopped).includes(name));
    assert.deepEqual(again, []);
    assert.equal(rest.at(-1), STEPS - SKIPPED - 1);
  });

  it('undoes a drag in one step, with the picture of before from what is kept', async () => {
    await readRunLog(ui.page);
    await ui.click('button', 'Undo');
    assert.match(await laneText(), / 26\.\.36\/5, 37\.\.43/);
    assert.ok(computedPasses(await nextRun()).every((pass) => pass >= 33));
  });

  it('keeps a schedule, comes half the way to a preset by the slider, stretches, writes and reads files', async () => {
    await ui.click('button', 'Live');
    const before = await laneText();
    const shelf = '>>> cw-schedule-library >>> ';
    await ui.click('button', 'Library…');
    const name = await appears(ui.page, `${shelf}input[name=name]`);
    await name.type('mine');
    await ui.click('button', 'Keep this one');
    await appears(ui.page, `${shelf}::-p-aria([name="Delete mine"])`);
    await give(`${shelf}input[type=range]`, '50', 'input');
    const halfway = await laneText();
    assert.notEqual(halfway, before);
    await give(`${shelf}input[type=range]`, '100', 'input');
    assert.equal(await laneText(), 'app 11..47; struct 11..36/5');
    await ui.click('button', 'mine');
    assert.equal(await laneText(), before);
    await give(`${shelf}input[name=skip]`, '48', 'change');
    await ui.click('button', 'Stretch');
    await until(async () => (await laneText()) !== before);
    await ui.page.evaluate(`
      globalThis.written = [];
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => (globalThis.written.push(blob), make.call(URL, blob));
    `);
    await ui.click('button', 'Export…');
    const text = String(await ui.page.evaluate('globalThis.written[0].text()'));
    assert.match(text, /^crossweave schedule 1\nsteps: 72\nskip: 48\nfull: /);
    const file = await temporaryFile(text, 'from a file.txt');
    const [chooser] = await Promise.all([
      ui.page.waitForFileChooser(),
      ui.click('button', 'Import…'),
    ]);
    await chooser.accept([file]);
    await appears(ui.page, `${shelf}::-p-aria([name="Delete from a file"])`);
    await ui.click('button', 'Close');
    // The slider was one step, the library's schedule another, the stretching a third.
    for (let step = 0; step < 3; step += 1) await ui.click('button', 'Undo');
    assert.equal(await laneText(), before);
  });

  it('swaps two schedules by X, and compares their results: wiped, as a difference, in numbers', async () => {
    const strip = await appears(ui.page, '>>> .strip');
    await strip.focus();
    await ui.page.keyboard.press('x');
    await appears(ui.page, '>>> ::-p-aria([name="Schedule B is shown; swap"])');
    await paint(47, 47);
    const painted = await laneText();
    await readRunLog(ui.page);
    await ui.click('button', 'A | B');
    const said = async () => textOf('>>> cw-schedule-comparison >>> p[role=status]');
    await until(async () => /^PSNR \d+\.\d\d dB · SSIM 0\.\d+/.test(await said()));
    // What both have in common is not made again for the second of them.
    const events = await readRunLog(ui.page);
    const first = Math.min(...events.map(({ run }) => run));
    const later = computedPasses(events.filter(({ run }) => run !== first));
    assert.deepEqual(later, [47]);
    await appears(ui.page, '>>> cw-schedule-comparison >>> cw-compare');
    await ui.click('button', 'Close');
    await strip.focus();
    await ui.page.keyboard.press('x');
    await appears(ui.page, '>>> ::-p-aria([name="Schedule A is shown; swap"])');
    assert.notEqual(await laneText(), painted);
  });

  it('fills a grid whose cells cost their own passes alone', async () => {
    const text = await laneText();
    await ui.click('button', 'Grid…');
    const grid = '>>> cw-schedule-grid >>> ';
    await appears(ui.page, `${grid}select`);
    await ui.page.select(`${grid}select`, 'full_lane');
    const values = [text, `${text}; struct 44`, `${text}; struct 46..47`].join('\n');
    await give(`${grid}textarea[name=x]`, values, 'change');
    await readRunLog(ui.page);
    await ui.click('button', 'Run the grid');
    const notes = () =>
      ui.page.$$eval(`${grid}td small`, (all) => all.map(({ textContent }) => textContent));
    await until(async () => {
      const told = await notes();
      return told.length === 3 && told.every((note) => /forward|computed/.test(note));
    });
    const events = await readRunLog(ui.page);
    const runs = [...new Set(events.map(({ run }) => run))];
    const passes = runs.map((run) => computedPasses(events.filter((one) => one.run === run)));
    assert.deepEqual(passes, [[], [44, 45, 46, 47], [46, 47]]);
    await ui.click('button', 'Close');
  });

  it('paints a mask that begins from the parts of a self-segmentation, and keeps it in the graph', async () => {
    const node = (type: string, title: string, inputs: object) => ({
      type,
      version: 1,
      title,
      inputs,
    });
    const text = await smallGraph({ steps: STEPS, skipSteps: SKIPPED, maskStep: MASK_STEP });
    const graph = JSON.parse(text) as { nodes: Record<string, object> };
    const found = { link: ['9', 'MASK'] };
    const painted = { base: found, image: 'giraffe.png', mask: '' };
    graph.nodes['90'] = node('PaintMask', 'By hand', painted);
    const compared = { a: { link: ['90', 'MASK'] }, b: found };
    graph.nodes['91'] = node('MaskOverlap', 'Overlap', compared);
    await ui.openFile(await temporaryFile(JSON.stringify(graph)));
    await until(async () => (await ui.nodeNames()).some((name) => name.startsWith('By hand')));
    await readRunLog(ui.page);
    await ui.click('button', 'Run');
    await nextRun();
    for (const item of await ui.page.$$('>>> [role=treeitem].node')) {
      const label = await item.evaluate((element) => element.getAttribute('aria-label') ?? '');
      if (label.startsWith('By hand')) await item.focus();
    }
    await ui.page.keyboard.press('Enter');
    await ui.click('tab', 'Node');
    await ui.click('button', 'Paint… mask');
    const editor = '>>> cw-mask-editor >>> ';
    const parts = await appears(ui.page, `${editor}.parts button`);
    const share = async () => Number(/([\d.]+) %/.exec(await textOf(`${editor}.status`))?.[1]);
    await ui.click('button', 'Clear');
    assert.equal(await share(), 0);
    await parts.click();
    const picked = await share();
    assert.ok(picked > 0, `${String(picked)} % picked`);
    const box = await (await appears(ui.page, `${editor}canvas`)).boundingBox();
    if (!box) throw new Error('There is no picture to paint on.');
    await ui.page.mouse.move(box.x + 8, box.y + 8);
    await ui.page.mouse.down();
    await ui.page.mouse.move(box.x + box.width - 8, box.y + 8, { steps: 5 });
    await ui.page.mouse.up();
    await until(async () => (await share()) > picked + 1);
    await ui.click('button', 'Undo (Ctrl+Z)');
    await until(async () => (await share()) === picked);
    await ui.page.keyboard.press('Escape');
    assert.match(await ui.widgetText('By hand', 'mask'), /128x128:/);
  });

  it('reports no error', () => {
    assert.deepEqual(app.errors, []);
  });
});

/** The first picture of every node outside the loop, as it was shown last. */
function shownPictures(events: readonly LoggedEvent[]): ReadonlyMap<string, Pixels> {
  const shown = new Map<string, Pixels>();
  for (const { nodeId, pictures } of events) {
    if (nodeId !== undefined && pictures?.[0]) shown.set(nodeId, pictures[0]);
  }
  return shown;
}

/** Passes whose step of the loop was computed, in order. */
function computedPasses(events: readonly LoggedEvent[]): readonly number[] {
  const passes = new Set<number>();
  for (const { type, pass } of events) {
    if (type === 'executed' && pass !== undefined) passes.add(pass);
  }
  return [...passes].sort((a, b) => a - b);
}

/** Whether an event tells that a node of the loop begins a pass: the first of a pass is the forward. */
function isForward(event: LoggedEvent, index: number, events: readonly LoggedEvent[]): boolean {
  if (event.type !== 'executing' || event.pass === undefined) return false;
  return (
    events.findIndex(({ type, pass }) => type === 'executing' && pass === event.pass) === index
  );
}
