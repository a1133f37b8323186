import { expect, waitUntil } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createRunSession, type RunSession } from '../../src/app/run-session.js';
import { createStore } from '../../src/app/store.js';
import type { RunClient, RunResult } from '../../src/worker/run-client.js';
import { wiringOf } from '../../src/core/graph/wiring.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

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
    lens: () => Promise.resolve(undefined),
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

  it('shows on the result what it is: the last picture, an estimate of pass n of m, then the final one', async () => {
    const document = await graphNamed('appearance-transfer');
    store.set({ ...initialState(), document });
    const named = { of: () => undefined, forget: () => undefined };
    runs = createRunSession(store, registry, client, named, {
      changed: () => undefined,
      failed: () => undefined,
    });
    const [start, step] = ['DenoiseStart', 'DDPMStep'].map((type) => nodeCalled(document, type));
    const [zone] = wiringOf(document, registry).zones.zones;
    const result = Object.keys(document.nodes).find(
      (id) => document.nodes[id]?.type === 'PreviewImage' && !zone?.side.has(id),
    );
    if (start === undefined || step === undefined || result === undefined) throw new Error('lost');
    const shown = () => {
      const [one] = runs.view.node(result).pictures;
      return [one?.bitmap.width, one?.note];
    };
    const estimated = (pass: number, side: number) => {
      runs.take({ type: 'executing', nodeId: step, pass, passes: [0, 68] });
      runs.take({ type: 'preview', nodeId: step, pass, picture: picture(side) });
    };
    const ran = runs.run();
    runs.take({ type: 'execution-start', nodes: [start, step, result] });
    expect(shown()).to.deep.equal([undefined, undefined]);
    estimated(0, 4);
    await waitUntil(() => shown()[1] === 'Estimate, pass 1 of 68');
    expect(runs.picturesOf(result)[0]?.picture.width).to.equal(4);
    expect(runs.picturesOf(result, true)).to.deep.equal([]);
    const done = { elapsedMs: 5, byteLength: 8, warnings: [] };
    const pictures = [{ label: 'result', picture: picture(8) }];
    runs.take({ type: 'executed', nodeId: result, pictures, ...done });
    await waitUntil(() => shown()[0] === 8);
    expect(shown()).to.deep.equal([8, undefined]);
    finish({ ...finished, outcome: 'success' });
    await ran;
    const again = runs.run();
    runs.take({ type: 'execution-start', nodes: [start, step, result] });
    expect(shown()).to.deep.equal([8, 'From the run before']);
    estimated(50, 4);
    await waitUntil(() => shown()[0] === 4);
    expect(shown()[1]).to.equal('Estimate, pass 51 of 68');
    // What was reached stays on screen when the run is stopped.
    finish({ ...finished, outcome: 'interrupted' });
    await again;
    expect(shown()).to.deep.equal([4, 'Estimate, pass 51 of 68']);
  });
});
