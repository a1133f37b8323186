import { expect, waitUntil } from '@open-wc/testing';
import { addNode } from '../../src/core/graph/edits.js';
import { makeSubgraph } from '../../src/core/graph/subgraph-make.js';
import { boundaryIds } from '../../src/core/graph/subgraph-registry.js';
import type { GraphDocument, NodeId } from '../../src/core/graph/types.js';
import type { ValuePlace } from '../../src/core/engine/value-places.js';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession, type DocumentSession } from '../../src/app/document-session.js';
import { createRunSession, type RunSession } from '../../src/app/run-session.js';
import { createStore } from '../../src/app/store.js';
import { createValueInspection } from '../../src/app/value-inspection.js';
import type { RunClient, RunResult } from '../../src/worker/run-client.js';
import { loop, testRegistry } from '../support/editor-fixture.js';

const picture = (side: number) => ({
  width: side,
  height: side,
  data: new Uint8ClampedArray(side * side * 4).fill(255),
});

const made = (document: GraphDocument, ids: readonly NodeId[]) => {
  const result = makeSubgraph(document, testRegistry, ids, 'Part');
  if (result.refused !== undefined) throw new Error(result.refused);
  return result;
};

/** A loop (1, 2) that feeds a Filter (4) once a pass; the Filter lies in `deep`, and all of it in `outer`. */
function nested() {
  const filter = testRegistry.get('Filter');
  if (!filter) throw new Error('The registry lacks Filter.');
  const inputs = { image: { link: ['3', 'IMAGE'] }, latent: { link: ['1', 'latent'] } } as const;
  const whole = addNode(loop(), filter, { pos: [500, 400], inputs });
  const deep = made(whole.document, [whole.id]);
  const outer = made(deep.document, ['1', '2', '3', deep.id]);
  return { document: outer.document, filter: whole.id, deep: deep.id, outer: outer.id };
}

describe('A run inside subgraphs', () => {
  const { document, filter, deep, outer } = nested();
  const flat = { start: `${outer}/1`, source: `${outer}/3`, filter: `${outer}/${deep}/${filter}` };
  const store = createStore(initialState());
  let session: DocumentSession;
  let runs: RunSession;
  let finish: (result: RunResult) => void;
  let asked: (readonly [ValuePlace, string])[];
  const client: RunClient = {
    run: () => new Promise((resolve) => (finish = resolve)),
    facts: () => Promise.resolve({}),
    lens: () => Promise.resolve(undefined),
    inspect: (place, type) => {
      asked.push([place, type]);
      return Promise.resolve({ kind: 'never-ran' });
    },
    interrupt: () => undefined,
    lists: () => Promise.resolve({ models: [], pictures: [] }),
    dispose: () => undefined,
  };
  const finished = { type: 'finished', runId: 1, problems: [], bytesRead: 0 } as const;
  const done = { elapsedMs: 5, byteLength: 8, pictures: [], warnings: [] };

  beforeEach(() => {
    asked = [];
    store.set({ ...initialState(), graphId: 'g' });
    session = createDocumentSession(store, testRegistry, {
      refused: () => undefined,
      stepped: () => undefined,
    });
    session.start(document);
    const named = { of: () => undefined, forget: () => undefined };
    runs = createRunSession(store, testRegistry, client, named, {
      changed: () => undefined,
      failed: () => undefined,
    });
  });

  /** Two passes of the zone, with a picture of another size in each. */
  async function runTwoPasses(): Promise<void> {
    const run = runs.run();
    runs.take({ type: 'execution-start', nodes: Object.values(flat) });
    runs.take({ type: 'execution-cached', nodeId: flat.source, pictures: [], warnings: [] });
    for (const pass of [4, 5]) {
      runs.take({ type: 'executing', nodeId: flat.start, pass, passes: [4, 6] });
      runs.take({ type: 'executed', nodeId: flat.start, pass, ...done });
      runs.take({ type: 'executing', nodeId: flat.filter, pass, passes: [4, 6] });
      const pictures = [{ label: 'look', picture: picture(pass) }];
      runs.take({ type: 'executed', nodeId: flat.filter, pass, ...done, pictures });
    }
    finish({ ...finished, outcome: 'success' });
    await run;
  }

  it('shows status, times and cached marks on the nodes of every level', async () => {
    await runTwoPasses();
    expect(runs.view.node(outer).status).to.deep.equal({ kind: 'done', elapsedMs: 20 });
    session.goTo([outer]);
    expect(runs.view.node('3').status?.kind).to.equal('cached');
    expect(runs.view.node(deep).cost).to.include({ elapsedMs: 10, times: 2 });
    session.goTo([outer, deep]);
    expect(runs.view.node(filter).cost).to.include({ elapsedMs: 10, times: 2 });
    expect(runs.view.node(filter).isStale).to.equal(false);
  });

  it('scrubs the passes of a zone where it is drawn, and every level shows the pass', async () => {
    await runTwoPasses();
    session.goTo([outer]);
    expect(runs.view.zone('1')).to.include({ finished: 2, shown: undefined });
    expect(runs.view.zone('1')?.passes).to.deep.equal([4, 6]);
    const width = (id: NodeId) => runs.view.node(id).pictures[0]?.bitmap.width;
    await waitUntil(() => width(deep) === 5);
    await waitUntil(() => runs.view.strip?.('1').length === 2);
    runs.showPass('1', 4);
    await waitUntil(() => width(deep) === 4);
    session.goTo([outer, deep]);
    expect(width(filter)).to.equal(4);
    session.goTo([]);
    expect(width(outer)).to.equal(4);
    expect(runs.picturesOf(outer)[0]?.picture.width).to.equal(4);
  });

  it('reads the value of a socket from the node that gave it, in the pass that is shown', async () => {
    await runTwoPasses();
    const values = createValueInspection(store, testRegistry, client, runs.flatView);
    const at = [0, 0] as const;
    session.goTo([outer]);
    runs.showPass('1', 4);
    values.show({ node: deep, side: 'input', name: 'latent', at });
    values.show({ node: '1', side: 'output', name: 'latent', at });
    session.goTo([outer, deep]);
    values.show({ node: filter, side: 'input', name: 'latent', at });
    values.show({ node: boundaryIds.inputs, side: 'output', name: 'latent', at });
    const inPass = [{ scope: 'g', node: flat.start, output: 'latent', pass: 4 }, 'LATENT'];
    expect(asked).to.deep.equal([inPass, inPass, inPass, inPass]);
  });

  it('marks the node at fault inside, and the node around it', async () => {
    const run = runs.run();
    runs.take({ type: 'execution-start', nodes: Object.values(flat) });
    const details = { code: 'picture/missing', name: 'cow.png' } as const;
    runs.take({ type: 'execution-error', nodeId: flat.filter, details });
    finish({ ...finished, outcome: 'error' });
    await run;
    for (const [path, id] of [
      [[], outer],
      [[outer], deep],
      [[outer, deep], filter],
    ] as const) {
      session.goTo(path);
      const { status } = runs.view.node(id);
      expect(status?.kind === 'failed' && status.reason).to.include('cow.png');
    }
  });

  it('marks what an edit inside made out of date, at every level', async () => {
    await runTwoPasses();
    session.goTo([outer, deep]);
    session.edit({ kind: 'set', id: filter, values: { amount: 7 } });
    expect(runs.view.node(filter).isStale).to.equal(true);
    session.goTo([outer]);
    expect(runs.view.node(deep).isStale).to.equal(true);
    expect(runs.view.node('3').isStale).to.equal(false);
    session.goTo([]);
    expect(runs.view.node(outer).isStale).to.equal(true);
  });
});
