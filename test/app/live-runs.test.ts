import { aTimeout, expect } from '@open-wc/testing';
import { initialState, type AppState } from '../../src/app/app-state.js';
import { createLiveRuns } from '../../src/app/live-runs.js';
import type { ZoneReach } from '../../src/app/run-record.js';
import { createStore } from '../../src/app/store.js';
import { wholeGraph } from '../../src/app/whole-graph.js';
import { moveNodes } from '../../src/core/graph/layout-edits.js';
import { setWidget } from '../../src/core/graph/edits.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { twoNodes } from '../support/editor-fixture.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

/** A store and a run session that only notes what is asked of it, and is as far as it is told to be. */
function lab(isLive: boolean, document: GraphDocument = twoNodes()) {
  const initial = initialState();
  const settings = { ...initial.settings, isLive };
  const store = createStore<AppState>({ ...initial, document, settings });
  const calls: string[] = [];
  let reach: ZoneReach | undefined;
  const begun = () => {
    const whole = wholeGraph(store.get());
    const { graphId: scope } = store.get();
    reach = undefined;
    store.set({
      isRunning: true,
      ranDocument: whole,
      running: { id: 1, document: whole, scope },
    });
  };
  const live = createLiveRuns(store, registry, {
    run: () => {
      calls.push('run');
      begun();
      return Promise.resolve();
    },
    cancel: () => {
      calls.push('cancel');
      store.set({ isStopping: true });
    },
    reach: () => reach,
  });
  let edits = 0;
  return {
    store,
    calls,
    live,
    begun,
    edit: () => {
      store.set({ document: setWidget(store.get().document, '1', 'edited', ++edits) });
    },
    ended: () => {
      store.set({ isRunning: false, isStopping: false, running: undefined });
    },
    reaches: (pass: number, computed: number) => {
      reach = { pass, computed };
      live.passBegan();
    },
  };
}

/** The same with the graph of the first transfer, whose schedule is painted. */
async function paintLab() {
  const document = await graphNamed('appearance-transfer');
  const id = nodeCalled(document, 'InjectionSchedule');
  const made = lab(true, document);
  /** Paints structure from a pass on, and waits until that was followed. */
  const paint = async (pass: number) => {
    const text = `app 11..67; struct 11..36/5, ${String(pass)}..67`;
    made.store.set({ document: setWidget(made.store.get().document, id, 'full_lane', text) });
    await aTimeout(80);
  };
  return { ...made, paint };
}

describe('live runs', () => {
  it('start once when the hand has been still for a moment', async () => {
    const { calls, live, edit } = lab(true);
    for (let i = 0; i < 5; i += 1) {
      edit();
      await aTimeout(20);
    }
    expect(calls).to.deep.equal([]);
    await aTimeout(250);
    expect(calls).to.deep.equal(['run']);
    live.dispose();
  });

  it('stop the run that goes on, and begin anew when it has ended', async () => {
    const { calls, live, edit, begun, ended } = lab(true);
    begun();
    edit();
    await aTimeout(250);
    expect(calls).to.deep.equal(['cancel']);
    ended();
    await aTimeout(0);
    expect(calls).to.deep.equal(['cancel', 'run']);
    live.dispose();
  });

  it('begin while a schedule is still being dragged', async () => {
    const { calls, live, paint } = await paintLab();
    await paint(50);
    expect(calls).to.deep.equal(['run']);
    live.dispose();
  });

  it('let a run come to the first pass that a drag changes before they stop it', async () => {
    const { calls, live, paint, begun, reaches, ended } = await paintLab();
    begun();
    await paint(40);
    reaches(12, 3);
    reaches(39, 30);
    expect(calls).to.deep.equal([]);
    reaches(40, 31);
    expect(calls).to.deep.equal(['cancel']);
    ended();
    await aTimeout(0);
    expect(calls).to.deep.equal(['cancel', 'run']);
    live.dispose();
  });

  it('show a new pass at least every second run while a drag goes on', async () => {
    const { calls, live, paint, begun, reaches, ended } = await paintLab();
    begun();
    reaches(30, 0);
    await paint(30);
    expect(calls).to.deep.equal(['cancel']);
    ended();
    await aTimeout(0);
    reaches(30, 0);
    await paint(20);
    expect(calls).to.deep.equal(['cancel', 'run']);
    reaches(31, 1);
    expect(calls).to.deep.equal(['cancel', 'run', 'cancel']);
    live.dispose();
  });

  it('leave a run of another graph alone', async () => {
    const { store, calls, live, paint } = await paintLab();
    store.set({ isRunning: true, running: { id: 1, document: twoNodes(), scope: 'other' } });
    await paint(30);
    expect(calls).to.deep.equal([]);
    live.dispose();
  });

  it('do not begin for moved nodes, another tab, or what was run already', async () => {
    const { store, calls, live, edit } = lab(true);
    store.set({ document: moveNodes(store.get().document, new Map([['1', [9, 9]]])) });
    store.set({ graphId: 'other', document: twoNodes() });
    edit();
    store.set({ ranDocument: store.get().document });
    await aTimeout(250);
    expect(calls).to.deep.equal([]);
    live.dispose();
  });

  it('do nothing while they are switched off, and begin when they are switched on', async () => {
    const { store, calls, live, edit } = lab(false);
    edit();
    await aTimeout(250);
    expect(calls).to.deep.equal([]);
    store.set({ settings: { ...store.get().settings, isLive: true } });
    await aTimeout(250);
    expect(calls).to.deep.equal(['run']);
    live.dispose();
  });
});
