import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AppPage, type Pixels } from './support/app-page.js';
import { difference } from './support/picture-statistics.js';
import { keepRunLog, readRunLog, type LoggedEvent } from './support/run-log.js';
import { serveApp, type ServedApp } from './support/served-app.js';

const RUN_TIMEOUT_MS = 300_000;

/** Steps of the axis, and those of them that are skipped. */
const [STEPS, SKIPPED] = [100, 32];

describe('the schedule timeline in the built application', { timeout: 2 * RUN_TIMEOUT_MS }, () => {
  let app: ServedApp;
  let ui: AppPage;

  before(async () => {
    app = await serveApp();
    ui = new AppPage(await app.open());
    await keepRunLog(ui.page);
    await ui.page.waitForSelector('::-p-aria([name="Run"][role="button"])');
    // Settings and graph are read from storage before the tree has nodes.
    await ui.nodeNames();
    await ui.page.keyboard.press('t');
    await ui.page.waitForSelector('>>> .strip');
  });

  after(() => app.close());

  /** Where the middle of a pass lies in the first lane. */
  async function placeOf(pass: number): Promise<readonly [number, number]> {
    const strip = await ui.page.waitForSelector('>>> .strip');
    const box = await strip?.boundingBox();
    if (!box) throw new Error('There is no timeline.');
    const [left, right] = [96, 12];
    const column = (box.width - left - right) / STEPS;
    return [box.x + left + (pass + SKIPPED + 0.5) * column, box.y + 40];
  }

  async function paint(from: number, to: number): Promise<void> {
    const { mouse } = ui.page;
    await mouse.move(...(await placeOf(from)));
    await mouse.down();
    await mouse.move(...(await placeOf(to)), { steps: 6 });
    await mouse.up();
  }

  /** Waits for a run to succeed that has not when the log was read last; gives the log to its end. */
  async function nextRun(): Promise<readonly LoggedEvent[]> {
    await ui.page.waitForFunction(
      `globalThis.runLog.some(({ type }) => type === 'execution-success')`,
      { timeout: RUN_TIMEOUT_MS },
    );
    return readRunLog(ui.page);
  }

  const laneText = (): Promise<string> =>
    ui.page.$eval(
      '>>> cw-schedule-timeline >>> #text',
      (input) => (input as HTMLInputElement).value,
    );

  it('paints by dragging, and follows with a run from the first changed pass alone', async () => {
    await ui.click('button', 'Run');
    const before = shownPictures(await nextRun());
    await ui.click('button', 'Live');
    await paint(50, 53);
    assert.match(await laneText(), /struct 11\.\.36\/5, 50\.\.53$/);
    const events = await nextRun();
    const passes = computedPasses(events);
    assert.equal(passes.length, STEPS - SKIPPED - 50);
    assert.deepEqual(
      passes,
      passes.map((_pass, i) => 50 + i),
    );
    const changes = [...shownPictures(events)].map(([node, picture]) =>
      difference(before.get(node) ?? picture, picture),
    );
    assert.ok(Math.max(...changes) > 0.05, `changed by ${changes.join(', ')}`);
  });

  it('shows the first new preview after one forward from the changed pass', async () => {
    await readRunLog(ui.page);
    await paint(60, 60);
    const events = await nextRun();
    const first = events.findIndex(({ type }) => type === 'preview');
    const steps = events.slice(0, first).filter(isForward);
    assert.deepEqual(
      steps.map(({ pass }) => pass),
      [60],
    );
  });

  it('stops a run at the pass under way when the drag goes on, and keeps what was finished', async () => {
    await readRunLog(ui.page);
    await paint(20, 20);
    // The first run has begun when its first pass is told.
    await ui.page.waitForFunction(
      `globalThis.runLog.some(({ type, pass }) => type === 'executed' && pass === 23)`,
      { timeout: RUN_TIMEOUT_MS },
    );
    await paint(40, 40);
    const events = await nextRun();
    const [stopped = 0, next = 0] = [...new Set(events.map(({ run }) => run))];
    const inRun = (run: number) => computedPasses(events.filter((event) => event.run === run));
    const [done, rest] = [inRun(stopped), inRun(next)];
    assert.equal(done[0], 20);
    assert.ok(
      events.some(({ run, type }) => run === stopped && type === 'execution-interrupted'),
      'the first run was stopped',
    );
    // What was finished of the passes before 40 is not made again.
    const made = (run: number) =>
      events
        .filter(
          (event) => event.run === run && event.type === 'executed' && (event.pass ?? 40) < 40,
        )
        .map(({ nodeId, pass }) => `${nodeId} ${pass}`);
    const again = made(next).filter((name) => made(stopped).includes(name));
    assert.deepEqual(again, []);
    assert.equal(rest.at(-1), STEPS - SKIPPED - 1);
  });

  it('undoes a drag in one step, with the picture of before from what is kept', async () => {
    await readRunLog(ui.page);
    await ui.click('button', 'Undo');
    assert.match(await laneText(), /20, 26\.\.|16\.\.|50\.\.53/);
    assert.ok(computedPasses(await nextRun()).every((pass) => pass >= 40));
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
