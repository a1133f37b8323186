import { aTimeout, expect } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createLiveRuns } from '../../src/app/live-runs.js';
import { createStore } from '../../src/app/store.js';

/** A store and a run session that only notes what is asked of it. */
function lab(isLive: boolean) {
  const initial = initialState();
  const store = createStore({ ...initial, settings: { ...initial.settings, isLive } });
  const calls: string[] = [];
  const live = createLiveRuns(store, {
    run: () => {
      calls.push('run');
      store.set({ isRunning: true });
      return Promise.resolve();
    },
    cancel: () => {
      calls.push('cancel');
      store.set({ isStopping: true });
    },
  });
  return { store, calls, live };
}

describe('live runs', () => {
  it('start once when the hand has been still for a moment', async () => {
    const { calls, live } = lab(true);
    for (let i = 0; i < 5; i += 1) {
      live.edited();
      await aTimeout(20);
    }
    expect(calls).to.deep.equal([]);
    await aTimeout(200);
    expect(calls).to.deep.equal(['run']);
    live.dispose();
  });

  it('stop the run that goes on, and begin anew when it has ended', async () => {
    const { store, calls, live } = lab(true);
    store.set({ isRunning: true });
    live.edited();
    await aTimeout(200);
    expect(calls).to.deep.equal(['cancel']);
    store.set({ isRunning: false, isStopping: false });
    await aTimeout(0);
    expect(calls).to.deep.equal(['cancel', 'run']);
    live.dispose();
  });

  it('do nothing while they are switched off', async () => {
    const { calls, live } = lab(false);
    live.edited();
    await aTimeout(200);
    expect(calls).to.deep.equal([]);
    live.dispose();
  });
});
