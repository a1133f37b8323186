import { expect } from '@open-wc/testing';
import { createDocumentSession } from '../../src/app/document-session.js';
import { initialState } from '../../src/app/app-state.js';
import { createStore } from '../../src/app/store.js';
import { createGraphOwnership } from '../../src/app/workspace-ownership.js';
import { createWorkspace, type Workspace } from '../../src/app/workspace.js';
import { emptyDocument } from '../../src/core/graph/edits.js';
import { loadGraph } from '../../src/storage/graphs.js';
import { listVersions } from '../../src/storage/graph-versions.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';

function open() {
  const store = createStore(initialState());
  const session = createDocumentSession(store, testRegistry, {
    refused: () => undefined,
    stepped: (step) => {
      workspace.stepped(step);
    },
  });
  const workspace: Workspace = createWorkspace({
    store,
    session,
    look: () => undefined,
    failed: (error) => {
      throw error;
    },
    changedElsewhere: () => undefined,
  });
  const titles = () => store.get().tabs.map(({ title }) => title);
  return { store, session, workspace, titles };
}

/** Locks are granted by the browser, some time later. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 10));
}

const titled = (title: string) => ({ ...twoNodes(), title });

describe('open graphs', () => {
  it('have a document and a history each', () => {
    const { store, session, workspace } = open();
    const first = workspace.open(titled('A'), { isClean: true });
    session.edit({ kind: 'set', id: '2', values: { amount: 9 } });
    const second = workspace.open(titled('B'), { isClean: true });
    expect(store.get().graphId).to.equal(second);
    expect(store.get().canUndo).to.equal(false);
    workspace.show(first);
    expect(store.get().document.nodes['2']?.inputs['amount']).to.equal(9);
    session.undo();
    expect(store.get().document.nodes['2']?.inputs['amount']).to.equal(5);
    workspace.dispose();
  });

  it('come back with their history after they were closed, where they were', () => {
    const { store, session, workspace, titles } = open();
    const first = workspace.open(titled('A'));
    session.edit({ kind: 'set', id: '2', values: { amount: 9 } });
    workspace.open(titled('B'));
    workspace.close(first);
    expect(titles()).to.deep.equal(['B']);
    expect(workspace.reopen()).to.equal(true);
    expect(titles()).to.deep.equal(['A', 'B']);
    expect(store.get().graphId).to.equal(first);
    expect(store.get().canUndo).to.equal(true);
    workspace.dispose();
  });

  it('take the place of an empty graph that nothing was done with, and of nothing else', () => {
    const { workspace, titles } = open();
    workspace.open(emptyDocument(), { isClean: true });
    workspace.open(titled('A'));
    workspace.open(titled('B'));
    expect(titles()).to.deep.equal(['A', 'B']);
    workspace.dispose();
  });

  it('are marked as changed by edits, not by looking, until they are exported', () => {
    const { store, session, workspace } = open();
    workspace.open(titled('A'), { isClean: true });
    const isChanged = () => store.get().tabs[0]?.isChanged;
    session.setView({ scale: 2, offset: [0, 0] });
    expect(isChanged()).to.equal(false);
    session.edit({ kind: 'set', id: '2', values: { amount: 9 } });
    expect(isChanged()).to.equal(true);
    session.undo();
    expect(isChanged()).to.equal(false);
    session.redo();
    workspace.markExported();
    expect(isChanged()).to.equal(false);
    workspace.dispose();
  });

  it('are stored with a version for each settled edit', async () => {
    const { session, workspace } = open();
    const id = workspace.open(titled('Stored'));
    await until(async () => (await loadGraph(id)) !== undefined);
    session.edit({ kind: 'set', id: '2', values: { amount: 9 } });
    await workspace.flush();
    expect((await loadGraph(id))?.text).to.contain('"amount": 9');
    expect((await listVersions(id)).length).to.equal(2);
    workspace.dispose();
  });
});

describe('the ownership of a graph', () => {
  const quiet = {
    gained: () => undefined,
    lost: () => undefined,
    yielding: () => Promise.resolve(),
    saved: () => undefined,
  };

  it('is one window’s until it lets go; then it is the next one’s', async () => {
    const gained: string[] = [];
    const id = crypto.randomUUID();
    const first = createGraphOwnership(quiet);
    const second = createGraphOwnership({ ...quiet, gained: (graph) => gained.push(graph) });
    expect(await first.claim(id)).to.equal(true);
    expect(await second.claim(id)).to.equal(false);
    first.release(id);
    await until(() => second.owns(id));
    expect(gained).to.deep.equal([id]);
    first.dispose();
    second.dispose();
  });

  it('is handed over after the first window has stored what it had', async () => {
    const told: string[] = [];
    const id = crypto.randomUUID();
    const first = createGraphOwnership({
      ...quiet,
      yielding: () => Promise.resolve(void told.push('stored')),
      lost: () => told.push('lost'),
    });
    const second = createGraphOwnership(quiet);
    await first.claim(id);
    await second.claim(id);
    await second.takeOver(id);
    expect(told).to.deep.equal(['stored', 'lost']);
    expect([first.owns(id), second.owns(id)]).to.deep.equal([false, true]);
    first.dispose();
    second.dispose();
  });
});
