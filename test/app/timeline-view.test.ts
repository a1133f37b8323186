import { expect } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import { createStore } from '../../src/app/store.js';
import { createTimelineSession } from '../../src/app/timeline-session.js';
import { schedulesOf, timelineView } from '../../src/app/timeline-view.js';
import { setWidget } from '../../src/core/graph/edits.js';
import { disconnect } from '../../src/core/graph/link-edits.js';
import { makeSubgraph } from '../../src/core/graph/subgraph-make.js';
import type { GraphDocument, NodeId } from '../../src/core/graph/types.js';
import { idleRunView, type RunView } from '../../src/editor/run-view.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

/** A graph in a session, and what the timeline shows of it. */
function opened(document: GraphDocument, view: RunView = idleRunView) {
  const store = createStore(initialState());
  const session = createDocumentSession(store, registry, {
    refused: () => undefined,
    stepped: () => undefined,
  });
  session.start(document);
  const timeline = createTimelineSession(store, registry, session);
  const shown = () => {
    const found = timelineView(store.get(), { registry, runs: { view } });
    if (!found) throw new Error('no schedule is shown');
    return found;
  };
  const lane = (name: string) => {
    const found = shown().lanes.find((one) => one.name === name);
    if (!found) throw new Error(`there is no lane ${name}`);
    return found;
  };
  const set = (id: NodeId, input: string, value: string | number) => {
    session.change('Set', setWidget(store.get().document, id, input, value));
  };
  const paint = (from: number, to: number) => {
    const { name, text: base } = lane('full');
    const stroke = { kind: 'paint', lane: name, base, from, to, every: 1 } as const;
    const edit = { ...stroke, value: 'structure' };
    timeline.edit({ node: shown().node, gesture: `${String(from)} ${String(to)}`, edit });
  };
  return { store, session, timeline, shown, lane, set, paint };
}

describe('what the timeline shows of a graph', () => {
  let transfer: GraphDocument;
  let schedule: NodeId;

  before(async () => {
    transfer = await graphNamed('appearance-transfer');
    schedule = nodeCalled(transfer, 'InjectionSchedule');
  });

  it('tells at every lane that the loop has another number of passes, until both agree again', () => {
    const { shown, set } = opened(transfer);
    const notes = () => shown().lanes.map((lane) => lane.notes);
    expect(notes().flat()).to.deep.equal([]);
    set(nodeCalled(transfer, 'Invert structure'), 'steps', 50);
    const said =
      'The loop that reads this schedule has 18 passes, the schedule 68: give both the same steps and skip_steps.';
    expect(notes()).to.deep.equal(shown().lanes.map(() => [said]));
    set(schedule, 'steps', 50);
    expect(
      notes()
        .flat()
        .filter((note) => note === said),
    ).to.deep.equal([]);
  });

  it('loses nothing of a schedule whose steps shrink and grow, painted in between or not', () => {
    const { set, lane, paint } = opened(transfer);
    set(schedule, 'full_lane', 'app 11..67; struct 11..36/5, 60');
    const before = lane('full').cells;
    set(schedule, 'steps', 50);
    expect(lane('full').cells).to.have.length(18);
    expect(lane('full').isClipped).to.equal(true);
    expect(lane('full').notes.join()).to.include('67');
    paint(2, 4);
    set(schedule, 'steps', 100);
    const painted = before.map((value, pass) => (pass >= 2 && pass <= 4 ? 'structure' : value));
    expect(lane('full').cells).to.deep.equal(painted);
    expect(lane('full').isClipped).to.equal(false);
  });

  it('tells at the lane that a reference which it reads was disconnected; nothing painted is changed', () => {
    const { store, session, lane } = opened(transfer);
    const before = lane('full').text;
    const step = nodeCalled(transfer, 'CrossImageUNetStep');
    const edited = disconnect(store.get().document, registry, { node: step, name: 'structure' });
    session.change('Disconnect', edited);
    expect(lane('full').notes.join()).to.include('structure');
    expect(lane('guidance').notes).to.deep.equal([]);
    expect(lane('full').text).to.equal(before);
  });

  it('binds each of several schedules to its own node: an edit of one changes no other', async () => {
    const { store, timeline, shown, paint } = opened(await graphNamed('structure-injection'));
    const ids = schedulesOf(store.get());
    expect(ids).to.have.length(3);
    for (const [i, id] of ids.entries()) {
      const { nodes } = store.get().document;
      timeline.show(id);
      expect(shown().node).to.equal(id);
      paint(40 + i, 41 + i);
      const now = store.get().document.nodes;
      expect(Object.keys(now).filter((node) => now[node] !== nodes[node])).to.deep.equal([id]);
    }
    const texts = ids.map((id) => store.get().document.nodes[id]?.inputs['full_lane']);
    expect(new Set(texts).size).to.equal(3);
  });

  it('shows computed, stale and running passes, in a subgraph that was entered as well', () => {
    const { nodes } = transfer;
    const zone = ['DenoiseStart', 'CrossImageUNetStep', 'AppearanceGuidance', 'DDPMStep'];
    const within = [...zone, 'AdaIN', 'DenoiseEnd'].map((type) => nodeCalled(transfer, type));
    const made = makeSubgraph(transfer, registry, [schedule, ...within], 'Loop');
    if (made.refused !== undefined) throw new Error(made.refused);
    const view: RunView = {
      ...idleRunView,
      zone: () => ({ passes: [0, 68], finished: 30, shown: undefined }),
    };
    const { store, session, shown, paint } = opened(made.document, view);
    session.goTo([made.id]);
    expect(shown().node).to.equal(schedule);
    expect(Object.keys(nodes)).to.include(schedule);
    store.set({ ranDocument: store.get().root });
    expect(shown().passes.lastIndexOf('computed')).to.equal(29);
    expect(shown().passes[30]).to.equal('none');
    store.set({ isRunning: true });
    expect(shown().passes[30]).to.equal('running');
    store.set({ isRunning: false });
    paint(20, 21);
    expect(shown().passes.indexOf('stale')).to.equal(20);
    expect(shown().passes.lastIndexOf('computed')).to.equal(19);
  });
});
