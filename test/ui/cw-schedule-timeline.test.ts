import { expect, fixture, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { createRegistry } from '../../src/core/node/registry.js';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { editedLane } from '../../src/app/schedule-edit.js';
import { initialState, type AppState } from '../../src/app/app-state.js';
import { idleRunView } from '../../src/editor/run-view.js';
import { layersText, readSchedule } from '../../src/app/schedule-reading.js';
import { timelineView } from '../../src/app/timeline-view.js';
import {
  laneNames,
  laneWidget,
  layersWidget,
  type LaneName,
} from '../../src/diffusion/lane-texts.js';
import { setLayerLane } from '../../src/diffusion/layer-lanes.js';
import '../../src/ui/cw-schedule-timeline.js';
import type { CwScheduleTimeline } from '../../src/ui/cw-schedule-timeline.js';
import { layoutTimeline, passX, valueY } from '../../src/ui/timeline-layout.js';
import type { PassState, TimelineEdit, TimelineView } from '../../src/ui/timeline-model.js';
import node from '../../nodes/denoise/injection-schedule.js';

const registry = createRegistry<never>([node]);
const runs = { view: idleRunView };

/** A dock on a schedule of its own, which carries out what the dock asks for. */
async function openDock(inputs: Readonly<Record<string, string | number>> = {}) {
  const added = addNode(emptyDocument(), node, { pos: [0, 0], inputs });
  let state: AppState = { ...initialState(), document: added.document };
  const view = (): TimelineView => {
    const shown = timelineView(state, { registry, runs });
    if (!shown) throw new Error('no schedule is shown');
    return shown;
  };
  const edits: TimelineEdit[] = [];
  const dock = await fixture<CwScheduleTimeline>(html`
    <cw-schedule-timeline
      style="width: 760px"
      .view=${view()}
      @cw-schedule-edit=${({ detail }: CustomEvent<TimelineEdit>) => {
        edits.push(detail);
        const record = state.document.nodes[added.id];
        if (!record) return;
        const text = editedLane(detail.edit, readSchedule(record).total);
        if (text === undefined) return;
        const name = detail.edit.lane;
        const changed = laneNames.some((lane) => lane === name)
          ? { [laneWidget(name as LaneName)]: text }
          : { [layersWidget]: setLayerLane(layersText(record), name, text) };
        const nodes = { [added.id]: { ...record, inputs: { ...record.inputs, ...changed } } };
        state = { ...state, document: { ...state.document, nodes } };
        dock.view = view();
      }}
    ></cw-schedule-timeline>
  `);
  await dock.updateComplete;
  const strip = dock.renderRoot.querySelector<HTMLElement>('.strip');
  if (!strip) throw new Error('the dock has no strip');
  await new Promise(requestAnimationFrame);
  const place = (lane: number, pass: number, up = 0.3): [number, number] => {
    const box = strip.getBoundingClientRect();
    const layout = layoutTimeline(view(), box.width);
    const { top, height } = layout.lanes[lane] ?? { top: 0, height: 0 };
    const x = box.left + passX(layout, view(), pass) + layout.column / 2;
    return [Math.round(x), Math.round(box.top + top + height * up)];
  };
  const text = (name: string): string =>
    view().lanes.find((lane) => lane.name === name)?.text ?? '';
  const says = (): string => dock.renderRoot.querySelector('.words')?.textContent.trim() ?? '';
  return { dock, strip, view, edits, place, text, says };
}

/** Types into the number field of a name. */
function type(dock: CwScheduleTimeline, label: string, value: number, within = ''): void {
  const field = [...dock.renderRoot.querySelectorAll(`${within} label`)].find(
    (found) => found.textContent.trim() === label,
  );
  const input = field?.querySelector('input');
  if (!input) throw new Error(`there is no field ${label}`);
  input.valueAsNumber = value;
  input.dispatchEvent(new Event('change'));
}

async function drag(from: [number, number], to: [number, number]): Promise<void> {
  await sendMouse({ type: 'move', position: from });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: [(from[0] + to[0]) >> 1, from[1]] });
  await sendMouse({ type: 'move', position: to });
  await sendMouse({ type: 'up' });
}

describe('the schedule timeline', () => {
  afterEach(() => resetMouse());

  it('paints the brush over the passes that are dragged across, as one gesture', async () => {
    const { place, text, edits } = await openDock();
    await drag(place(0, 50), place(0, 60));
    expect(text('full')).to.equal('app 11..67; struct 11..36/5, 50..60');
    expect(text('half')).to.equal('app 11..67; struct 11..36/5');
    expect(new Set(edits.map(({ gesture }) => gesture)).size).to.equal(1);
  });

  it('takes paint back when the drag turns back', async () => {
    const { place, text } = await openDock();
    await sendMouse({ type: 'move', position: place(0, 50) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: place(0, 60) });
    await sendMouse({ type: 'move', position: place(0, 51) });
    await sendMouse({ type: 'up' });
    expect(text('full')).to.equal('app 11..67; struct 11..36/5, 50..51');
  });

  it('moves the end of a range by its grip, on whole passes', async () => {
    const { place, text } = await openDock({ half_lane: 'app 20..50' });
    const [x, y] = place(1, 50, 0.9);
    const half = (place(1, 51)[0] - place(1, 50)[0]) / 2;
    await drag([Math.round(x + half), y], [Math.round(place(1, 60)[0] + half - 2), y]);
    expect(text('half')).to.equal('app 20..60');
  });

  it('bends a curve by its points, and adds one where there is none', async () => {
    const { strip, view, place, text } = await openDock();
    const lane = view().lanes[3];
    if (!lane) throw new Error('no guidance lane');
    const box = strip.getBoundingClientRect();
    const y = box.top + valueY(layoutTimeline(view(), box.width), lane, 3, 1.75);
    await drag([place(3, 67)[0], Math.round(y)], [place(3, 67)[0], Math.round(y) - 8]);
    expect(text('guidance')).to.match(/^3\.5@0 lin 2\.\d+@67; off 0\.\.9$/);
    await drag(place(3, 30, 0.8), place(3, 30, 0.5));
    expect(text('guidance')).to.match(/^3\.5@0 lin [\d.]+@30 lin 2\.\d+@67; off 0\.\.9$/);
  });

  it('is worked by keys alone: arrows, Shift, 1 to 3, plus and minus, Delete', async () => {
    const { strip, text, says } = await openDock();
    strip.focus();
    await sendKeys({ press: 'Home' });
    for (let i = 0; i < 4; i += 1) await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ press: '3' });
    expect(text('full')).to.equal('app 11..67; struct 4..5, 11..36/5');
    expect(says()).to.match(/^Pass 5: Scale 1 structure · t 621, noise 0\.\d{3}$/);
    await sendKeys({ press: 'Delete' });
    expect(text('full')).to.equal('app 11..67; struct 11..36/5');
    for (let i = 0; i < 3; i += 1) await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'End' });
    await sendKeys({ press: '-' });
    expect(text('guidance')).to.equal('3.5@0 lin 1.7@67; off 0..9');
  });

  it('turns AdaIN from a switch into a curve when a point is set, off where it was off', async () => {
    const { place, text } = await openDock({ adain_lane: 'on 20..50' });
    await drag(place(4, 30, 0.5), place(4, 30, 0.5));
    expect(text('adain')).to.match(/^1@0 lin 0\.\d+@30; off 0\.\.19, 51\.\.$/);
  });

  it('draws a curve freehand, as few points as it needs', async () => {
    const { dock, place, text } = await openDock();
    await sendMouse({ type: 'click', position: place(3, 5, 0.5) });
    await dock.updateComplete;
    const draw = [...dock.renderRoot.querySelectorAll('button')].find(
      (button) => button.textContent.trim() === 'Draw',
    );
    draw?.click();
    await dock.updateComplete;
    await drag(place(3, 20, 0.8), place(3, 50, 0.4));
    expect(draw?.ariaPressed).to.equal('true');
    expect(text('guidance')).to.match(
      /@20 (lin [\d.]+@35 )?lin [\d.]+@50 lin 1\.75@67; off 0\.\.9$/,
    );
  });

  it('moves the selected passes with Alt and an arrow, and by typed numbers', async () => {
    const { dock, strip, text } = await openDock({ full_lane: 'struct 10..12' });
    strip.focus();
    await sendKeys({ press: 'Home' });
    for (let i = 0; i < 10; i += 1) await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ down: 'Shift' });
    for (let i = 0; i < 2; i += 1) await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ down: 'Alt' });
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ up: 'Alt' });
    expect(text('full')).to.equal('struct 11..13');
    await dock.updateComplete;
    type(dock, 'shift by', 5);
    expect(text('full')).to.equal('struct 16..18');
    await dock.updateComplete;
    type(dock, 'stretch to', 21);
    expect(text('full')).to.equal('struct 16..21');
    await dock.updateComplete;
    type(dock, 'every', 5, '.numbers');
    expect(text('full')).to.equal('struct 16..21/5');
  });

  it('stretches the selected passes with Alt, Shift and an arrow, and the selection with them', async () => {
    const { place, text } = await openDock({ full_lane: 'app 0..67; struct 20..21' });
    await sendMouse({ type: 'click', position: place(0, 20) });
    const keys = async (press: string, ...down: string[]) => {
      for (const key of down) await sendKeys({ down: key });
      await sendKeys({ press });
      for (const key of down) await sendKeys({ up: key });
    };
    await keys('ArrowRight', 'Shift');
    for (let i = 0; i < 2; i += 1) await keys('ArrowRight', 'Alt', 'Shift');
    expect(text('full')).to.equal('app 0..67; struct 20..23');
    for (let i = 0; i < 3; i += 1) await keys('ArrowLeft', 'Alt', 'Shift');
    expect(text('full')).to.match(/struct 20$/);
  });

  it('gives a layer a lane that begins as its scale’s and is worked like it', async () => {
    const { dock, text, view, edits, place } = await openDock({ layer_lanes: 'half.1: c 3' });
    expect(view().lanes.map(({ name }) => name)).to.deep.equal([
      'full',
      'half',
      'half.1',
      'contrast',
      'guidance',
      'adain',
      'mask',
    ]);
    await drag(place(2, 50), place(2, 52));
    expect(edits.at(-1)?.edit.lane).to.equal('half.1');
    expect(text('half.1')).to.equal('struct 50..52; c 3');
    const select = dock.renderRoot.querySelector<HTMLSelectElement>('[aria-label="Layer lane…"]');
    if (!select) throw new Error('no choice of layers');
    select.value = 'full.0';
    select.dispatchEvent(new Event('change'));
    expect(text('full.0')).to.equal('app 11..67; struct 11..36/5');
  });

  it('says which named picture is not connected, and that entries overlap or do nothing', async () => {
    const { view } = await openDock({ full_lane: 'app 3..9, 5..6; c 20; struct 20' });
    const notes = view().lanes[0]?.notes.join(' ');
    expect(notes).to.contain('Ranges overlap in “app 3..9, 5..6”');
    expect(notes).to.contain('“c 20” does nothing');
  });

  it('keeps the text of a lane that cannot be read, and points at its character', async () => {
    const { dock, text } = await openDock({ full_lane: 'app 3; strict 4' });
    const alert = dock.renderRoot.querySelector('[role=alert]');
    expect(alert?.textContent.replace(/\s+/g, ' ')).to.contain(
      'Character 8: one of own, app, struct',
    );
    expect(alert?.querySelector('mark')?.textContent).to.equal('s');
    expect(text('full')).to.equal('app 3; strict 4');
  });

  it('tells of passes that the axis does not have', async () => {
    const { dock } = await openDock({ full_lane: 'app 11..80' });
    expect(dock.renderRoot.querySelector('.note')?.textContent).to.contain('Passes up to 80');
  });

  it('has a name, a role and words for every part', async () => {
    const { dock } = await openDock();
    await expect(dock).to.be.accessible();
  });

  it('says whether the picture is an estimate, stale or final; aloud only a few times a run', async () => {
    const { dock, view } = await openDock();
    const says = async (states: readonly PassState[]): Promise<readonly (string | undefined)[]> => {
      const passes =
        view().passes.length > 0 ? view().passes : new Array<PassState>(68).fill('none');
      dock.view = { ...view(), passes: passes.map((_none, pass) => states[pass] ?? 'none') };
      await dock.updateComplete;
      const parts = ['.result', '.line > .visually-hidden'];
      return parts.map((part) => dock.renderRoot.querySelector(part)?.textContent);
    };
    const first = (count: number, state: PassState) => new Array<PassState>(count).fill(state);
    expect(await says([])).to.deep.equal(['', '']);
    const estimates = ['Estimate, pass 12 of 68', 'Estimate, pass 17 of 68'];
    expect(await says([...first(11, 'computed'), 'running'])).to.deep.equal(estimates);
    const whole = ['Final picture', 'Final picture'];
    expect(await says(first(68, 'computed'))).to.deep.equal(whole);
    const stale = 'Stale from pass 50 on';
    const edited = [...first(50, 'computed'), ...first(18, 'stale')];
    expect(await says(edited)).to.deep.equal([stale, stale]);
  });

  it('draws a schedule of 1,000 steps', async () => {
    const many = Array.from({ length: 250 }, (_unused, i) => `struct ${String(i * 4)}`).join('; ');
    const lanes = { full_lane: many, half_lane: many, guidance_lane: '3.5@0 smooth 1@999' };
    const { dock } = await openDock({ steps: 1000, skip_steps: 0, ...lanes });
    dock.draw();
    const canvas = dock.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    const pixels = context?.getImageData(0, 0, canvas?.width ?? 1, canvas?.height ?? 1).data;
    const colours = new Set(new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0)));
    expect(colours.size).to.be.above(20);
  });
});
