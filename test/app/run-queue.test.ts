import { expect } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createRunSession } from '../../src/app/run-session.js';
import { advanceSeeds, seedsOf, setSeedControl } from '../../src/app/seed-control.js';
import { createStore } from '../../src/app/store.js';
import { setTitle } from '../../src/core/graph/edits.js';
import { own } from '../../src/core/graph/own.js';
import { makeSubgraph } from '../../src/core/graph/subgraph-make.js';
import { createRegistry } from '../../src/core/node/registry.js';
import type { RunClient, RunResult } from '../../src/worker/run-client.js';
import ddpmInversion from '../../nodes/inversion/ddpm-inversion.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';
import { createGraphBuilder } from '../support/graph-builder.js';

/** A session whose runs end when they are told to; `began` has the titles of the graphs that were begun. */
function lab() {
  const store = createStore({ ...initialState(), document: twoNodes() });
  const began: (string | undefined)[] = [];
  const told: { targets: unknown; scope: unknown }[] = [];
  let finish: (result: RunResult) => void = () => undefined;
  const client: RunClient = {
    run: (document, targets, scope) => {
      began.push(document.title);
      told.push({ targets, scope });
      return new Promise((resolve) => (finish = resolve));
    },
    facts: () => Promise.resolve({}),
    inspect: () => Promise.resolve({ kind: 'never-ran' }),
    lens: () => Promise.resolve(undefined),
    interrupt: () => {
      end('interrupted');
    },
    lists: () => Promise.resolve({ models: [], pictures: [] }),
    dispose: () => undefined,
  };
  const end = (outcome: RunResult['outcome']) => {
    finish({ type: 'finished', runId: 1, outcome, problems: [], bytesRead: 0 });
  };
  const named = { of: () => undefined, forget: () => undefined };
  const on = { changed: () => undefined, failed: () => undefined };
  const runs = createRunSession(store, testRegistry, client, named, on);
  const ask = (title: string, isFront = false) => {
    store.set({ document: setTitle(store.get().document, title) });
    return runs.run({ isFront });
  };
  const waiting = () => store.get().queue.map(({ document }) => document.title);
  return { store, runs, began, told, end, ask, waiting };
}

describe('the queue', () => {
  it('runs documents as they were when they were queued, one after the other', async () => {
    const { ask, began, end, waiting } = lab();
    const first = ask('first');
    const second = ask('second');
    expect([began, waiting()]).to.deep.equal([['first'], ['second']]);
    end('success');
    await first;
    expect([began, waiting()]).to.deep.equal([['first', 'second'], []]);
    end('success');
    await second;
  });

  it('lets a run go first, moves runs, and takes them out', async () => {
    const { ask, runs, store, waiting } = lab();
    void ask('now');
    void ask('b');
    const gone = ask('c');
    void ask('a', true);
    expect(waiting()).to.deep.equal(['a', 'b', 'c']);
    const idOf = (title: string) =>
      store.get().queue.find(({ document }) => document.title === title)?.id ?? 0;
    runs.move(idOf('a'), 1);
    expect(waiting()).to.deep.equal(['b', 'a', 'c']);
    runs.withdraw(idOf('c'));
    await gone;
    expect(waiting()).to.deep.equal(['b', 'a']);
    runs.withdraw();
    expect(waiting()).to.deep.equal([]);
  });

  it('goes on with the next run when the current one is cancelled', async () => {
    const { ask, runs, began } = lab();
    const first = ask('first');
    void ask('second');
    runs.cancel();
    await first;
    expect(began).to.deep.equal(['first', 'second']);
  });

  it('gives every tab its own results: a run belongs to the tab it was started from', async () => {
    const { store, runs, end, told } = lab();
    store.set({ graphId: 'tab 1' });
    const run = runs.run({ targets: ['2'] });
    expect(told).to.deep.equal([{ targets: ['2'], scope: 'tab 1' }]);
    store.set({ graphId: 'tab 2', document: twoNodes() });
    runs.take({ type: 'execution-start', nodes: ['1', '2'] });
    const done = { elapsedMs: 5, byteLength: 64, pictures: [], warnings: [] };
    runs.take({ type: 'executed', nodeId: '2', ...done });
    end('success');
    await run;
    expect(runs.view.node('2').status).to.equal(undefined);
    store.set({ graphId: 'tab 1' });
    expect(runs.view.node('2').status?.kind).to.equal('done');
    expect(runs.view.node('2').cost).to.deep.equal({ elapsedMs: 5, byteLength: 64, times: 1 });
  });
});

describe('seeds before a run', () => {
  const registry = createRegistry<never>([ddpmInversion]);
  const document = () => {
    const g = createGraphBuilder(registry);
    for (const seed of [42, 42, 7]) g.node('DDPMInversion', { seed });
    return g.document();
  };
  const valuesOf = (graph: ReturnType<typeof document>) =>
    seedsOf(graph, registry).map(({ value }) => value);

  it('stay as they are unless the document says otherwise', () => {
    const graph = document();
    expect(advanceSeeds(graph, registry, Math.random)).to.equal(graph);
  });

  it('count, or are drawn; equal seeds stay equal, and the drawn value stands in the document', () => {
    const counting = setSeedControl(document(), '3', 'seed', 'increment');
    expect(valuesOf(advanceSeeds(counting, registry, Math.random))).to.deep.equal([42, 42, 8]);
    let drawn = document();
    for (const id of ['1', '2']) drawn = setSeedControl(drawn, id, 'seed', 'randomize');
    expect(valuesOf(advanceSeeds(drawn, registry, () => 0.5))).to.deep.equal([2 ** 31, 2 ** 31, 7]);
  });

  it('inside a subgraph move on once for all its instances, and are named by the way to the first', () => {
    const made = makeSubgraph(document(), registry, ['3'], 'Inside');
    if (!made.document) throw new Error(made.refused);
    const again = own(made.document.nodes, made.id);
    if (!again) throw new Error('no instance was made');
    const both = { ...made.document, nodes: { ...made.document.nodes, 9: again } };
    const seed = seedsOf(both, registry).at(-1);
    expect(seed).to.include({ value: 7, control: 'fixed' });
    expect(seed?.node).to.match(new RegExp(`^${made.id}/`));
    expect(valuesOf(both)).to.deep.equal([42, 42, 7]);
    const counting = setSeedControl(both, seed?.node ?? '', 'seed', 'increment');
    const next = advanceSeeds(counting, registry, Math.random);
    expect(valuesOf(next)).to.deep.equal([42, 42, 8]);
    expect(Object.keys(next.subgraphs ?? {})).to.have.length(1);
    expect(next.nodes).to.equal(counting.nodes);
  });
});
