import { aTimeout, expect } from '@open-wc/testing';
import { initialState, type AppState } from '../../src/app/app-state.js';
import { createLiveRuns } from '../../src/app/live-runs.js';
import { createStore } from '../../src/app/store.js';
import { moveNodes } from '../../src/core/graph/layout-edits.js';
import { setWidget } from '../../src/core/graph/edits.js';
import { twoNodes } from '../support/editor-fixture.js';

/** A store and a run session that only notes what is asked of it. */
function lab(isLive: boolean) {
  const initial = initialState();
  const settings = { ...initial.settings, isLive };
  const store = createStore<AppState>({ ...initial, document: twoNodes(), settings });
  const calls: string[] = [];
  const live = createLiveRuns(store, {
    run: () => {
      calls.push('run');
      store.set({ isRunning: true, ranDocument: store.get().document });
      return Promise.resolve();
    },
    cancel: () => {
      calls.push('cancel');
      store.set({ isStopping: true });
    },
  });
  let edits = 0;
  const edit = () => {
    store.set({ document: setWidget(store.get().document, '1', 'edited', ++edits) });
  };
  return { store, calls, live, edit };
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
    const { store, calls, live, edit } = lab(true);
    store.set({ isRunning: true });
    edit();
    await aTimeout(250);
    expect(calls).to.deep.equal(['cancel']);
    store.set({ isRunning: false, isStopping: false });
    await aTimeout(0);
    expect(calls).to.deep.equal(['cancel', 'run']);
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
