import { expect } from '@open-wc/testing';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { publishable, instantiate } from '../../src/core/graph/publish.js';
import type { GraphDocument, NodeId } from '../../src/core/graph/types.js';
import { createRegistry } from '../../src/core/node/registry.js';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import { createStore } from '../../src/app/store.js';
import { crumbsOf, wholeGraph } from '../../src/app/whole-graph.js';
import { nodes } from '../../nodes/index.js';

const registry = createRegistry<never>([...nodes]);

/** A session on a graph of a loader and a preview, the loader inside a subgraph with the given title. */
function sessionWithSubgraph() {
  const [loader, preview] = [registry.get('LoadImage'), registry.get('PreviewImage')];
  if (!loader || !preview) throw new Error('The registry lacks nodes.');
  const one = addNode(emptyDocument(), loader, { pos: [0, 0] });
  const two = addNode(one.document, preview, {
    pos: [300, 0],
    inputs: { images: { link: [one.id, Object.keys(loader.outputs)[0] ?? ''] } },
  });
  const store = createStore(initialState());
  const said: string[] = [];
  const steps: GraphDocument[] = [];
  const session = createDocumentSession(store, registry, {
    refused: (reason) => said.push(reason),
    stepped: ({ document }) => steps.push(document),
  });
  session.start(two.document);
  const [instance = ''] = session.edit({ kind: 'subgraph', ids: [one.id] });
  const innerPos = (): readonly number[] | undefined => {
    const [sub] = Object.values(wholeGraph(store.get()).subgraphs ?? {});
    return sub?.layout.nodes[one.id]?.pos;
  };
  const move = (id: NodeId, x: number): void => {
    session.edit({ kind: 'move', positions: new Map([[id, [x, 7] as const]]) });
  };
  return { store, session, said, steps, instance, inner: one.id, outer: two.id, move, innerPos };
}

describe('A session inside a subgraph', () => {
  it('draws the inside, keeps the whole graph for saving and tells the way out', () => {
    const { store, session, instance, inner, steps } = sessionWithSubgraph();
    session.enter(instance);
    const state = store.get();
    expect(Object.keys(state.document.nodes)).to.include(inner);
    expect(Object.keys(wholeGraph(state).nodes)).to.include(instance);
    expect(crumbsOf(state).map(({ path }) => path)).to.deep.equal([[], [instance]]);
    session.setView({ scale: 2, offset: [1, 2] });
    expect(steps.at(-1)).to.equal(wholeGraph(store.get()));
    expect(session.leave()).to.equal(instance);
    expect(store.get().document).to.equal(wholeGraph(store.get()));
  });

  it('undoes over all levels in one history and shows where each step was made', () => {
    const { store, session, instance, inner, outer, move, innerPos } = sessionWithSubgraph();
    const before = innerPos();
    session.enter(instance);
    move(inner, 55);
    expect(innerPos()).to.deep.equal([55, 7]);
    session.leave();
    move(outer, 900);
    session.undo();
    expect(store.get().path).to.deep.equal([]);
    session.undo();
    expect(store.get().path).to.deep.equal([instance]);
    expect(innerPos()).to.deep.equal(before);
    session.undo();
    expect(store.get().path).to.deep.equal([]);
    expect(store.get().document.subgraphs).to.equal(undefined);
    session.redo();
    session.redo();
    expect(store.get().path).to.deep.equal([instance]);
    expect(innerPos()).to.deep.equal([55, 7]);
  });

  it('refuses a subgraph inside itself', () => {
    const { store, session, instance, said } = sessionWithSubgraph();
    const published = publishable(wholeGraph(store.get()), instance);
    if (!published) throw new Error('The node is no instance.');
    session.enter(instance);
    const { document } = store.get();
    const made = instantiate(document, published, [0, 0]);
    expect(made.document).not.to.equal(undefined);
    if (made.document) session.change('Paste', made.document);
    expect(store.get().document).to.equal(document);
    const type = document.subgraphs && `subgraph:${Object.keys(document.subgraphs)[0] ?? ''}`;
    expect(session.edit({ kind: 'add', type: type ?? '', pos: [0, 0] })).to.deep.equal([]);
    expect(said).to.have.length(2);
  });

  it('comes back to the place where a tab was left', () => {
    const { store, session, instance } = sessionWithSubgraph();
    session.enter(instance);
    const parked = session.park();
    session.start(emptyDocument());
    session.resume(parked, {});
    expect(store.get().path).to.deep.equal([instance]);
  });
});
