import { expect, waitUntil } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createRunSession, type RunSession } from '../../src/app/run-session.js';
import { createStore } from '../../src/app/store.js';
import type { RunClient, RunResult } from '../../src/worker/run-client.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';

const picture = (side: number) => ({
  width: side,
  height: side,
  data: new Uint8ClampedArray(side * side * 4).fill(255),
});

describe('a run on the canvas', () => {
  let finish: (result: RunResult) => void;
  let runs: RunSession;
  let said: string[];
  let ended: RunResult['outcome'][];
  const store = createStore(initialState());
  const client: RunClient = {
    run: () => new Promise((resolve) => (finish = resolve)),
    facts: () => Promise.resolve({}),
    inspect: () => Promise.resolve({ kind: 'never-ran' }),
    interrupt: () => undefined,
    lists: () => Promise.resolve({ models: [], pictures: [] }),
    dispose: () => undefined,
  };
  const finished = { type: 'finished', runId: 1, problems: [], bytesRead: 0 } as const;

  beforeEach(() => {
    said = [];
    ended = [];
    store.set({ ...initialState(), document: twoNodes() });
    const named = { of: () => undefined, forget: () => undefined };
    runs = createRunSession(store, testRegistry, client, named, {
      changed: () => undefined,
      failed: (text) => said.push(text),
      ended: ({ result }) => ended.push(result.outcome),
    });
  });

  it('keeps showing the last picture until the next one is ready', async () => {
    const run = runs.run();
    const shown = () => runs.view.node('2').pictures[0]?.bitmap.width;
    runs.take({ type: 'preview', nodeId: '2', picture: picture(2) });
    await waitUntil(() => shown() === 2);
    runs.take({ type: 'preview', nodeId: '2', picture: picture(3) });
    expect(shown()).to.equal(2);
    await waitUntil(() => shown() === 3);
    finish({ ...finished, outcome: 'success' });
    await run;
  });

  it('marks the node that failed with the reason, and says it', async () => {
    const run = runs.run();
    runs.take({ type: 'execution-start', nodes: ['2'] });
    const details = { code: 'picture/missing', name: 'cow.png' } as const;
    runs.take({ type: 'execution-error', nodeId: '2', details });
    finish({ ...finished, outcome: 'error' });
    await run;
    const { status } = runs.view.node('2');
    expect(status?.kind === 'failed' && status.reason).to.include('cow.png');
    expect(said).to.have.length(1);
  });

  it('tells how it ended, and leaves nothing queued after a cancel', async () => {
    const run = runs.run();
    expect(store.get().isRunning).to.equal(true);
    runs.take({ type: 'execution-start', nodes: ['1', '2'] });
    runs.cancel();
    expect(store.get().isStopping).to.equal(true);
    finish({ ...finished, outcome: 'interrupted' });
    await run;
    expect(store.get().isRunning).to.equal(false);
    expect(ended).to.deep.equal(['interrupted']);
    expect(runs.view.node('1').status).to.equal(undefined);
  });
});
