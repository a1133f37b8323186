import { expect } from '@open-wc/testing';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { instantiate } from '../../src/core/graph/publish.js';
import type { NodeId } from '../../src/core/graph/types.js';
import { createRegistry } from '../../src/core/node/registry.js';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import { publish, updateCopies, withdraw } from '../../src/app/publish-subgraph.js';
import { copiesToUpdate, loadPublished, watchCopies } from '../../src/app/published.js';
import { createStore } from '../../src/app/store.js';
import { wholeGraph } from '../../src/app/whole-graph.js';
import { nodes } from '../../nodes/index.js';

const registry = createRegistry<never>([...nodes]);

/** A page with a graph of a loader and a preview, the loader inside a subgraph. */
function page() {
  const [loader, preview] = [registry.get('LoadImage'), registry.get('PreviewImage')];
  if (!loader || !preview) throw new Error('The registry lacks nodes.');
  const one = addNode(emptyDocument(), loader, { pos: [0, 0] });
  const two = addNode(one.document, preview, {
    pos: [300, 0],
    inputs: { images: { link: [one.id, Object.keys(loader.outputs)[0] ?? ''] } },
  });
  const store = createStore(initialState());
  const said: string[] = [];
  const note = (text: string) => void said.push(text);
  const session = createDocumentSession(store, registry, {
    refused: note,
    stepped: () => undefined,
  });
  session.start(two.document);
  const [instance = ''] = session.edit({ kind: 'subgraph', ids: [one.id] });
  const thrown = (error: unknown): never => {
    throw error;
  };
  const toasts = { note, error: note, thrown, close: () => undefined };
  const changed = () => void said.push('changed');
  const stop = watchCopies(store, toasts, () => undefined, changed);
  return { store, registry, session, toasts, said, stop, instance, outer: two.id, inner: one.id };
}

type Page = ReturnType<typeof page>;

/** Names the subgraph and edits its inside: another picture. */
function editInside({ session, store, inner }: Page, instance: NodeId, image: string): void {
  session.enter(instance);
  session.change('Name', { ...store.get().document, title: 'Ours for all' });
  session.edit({ kind: 'set', id: inner, values: { image } });
  session.leave();
}

describe('a published subgraph', () => {
  const here = page();

  before(async () => {
    editInside(here, here.instance, 'a.png');
    await publish(here, here.instance);
  });

  after(async () => {
    await withdraw(here, 'Ours for all');
    here.stop();
  });

  it('is told to graphs with an older copy when it is published anew, and updates them in one step', async () => {
    const there = page();
    await loadPublished(there);
    const [published] = there.store.get().publishedSubgraphs;
    if (!published) throw new Error('Nothing was published.');
    const made = instantiate(there.store.get().document, published, [0, 0]);
    if (!made.document) throw new Error(made.refused);
    there.session.change('Add', made.document);
    await publish(here, here.instance);
    expect(here.said.filter((text) => text.includes('older'))).to.deep.equal([]);
    await loadPublished(there);
    expect(copiesToUpdate(there.store.get()).size).to.equal(0);

    editInside(here, here.instance, 'b.png');
    await publish(here, here.instance);
    expect(copiesToUpdate(here.store.get()).size).to.equal(0);
    there.said.length = 0;
    await loadPublished(there);
    expect(copiesToUpdate(there.store.get()).size).to.equal(1);
    expect(there.said).to.have.length(2);
    expect(there.said[1]).to.contain('“Ours for all” has been published anew');

    updateCopies(there);
    expect(copiesToUpdate(there.store.get()).size).to.equal(0);
    expect(there.said.at(-1)).to.match(/^Updated 1 node to the newest “Ours for all”\.$/);
    const images = () =>
      Object.values(wholeGraph(there.store.get()).subgraphs ?? {})
        .filter(({ title }) => title === 'Ours for all')
        .map((subgraph) => subgraph.nodes[here.inner]?.inputs['image']);
    expect(images()).to.deep.equal(['b.png']);
    there.session.undo();
    expect(images()).to.deep.equal(['a.png']);
    there.stop();
  });

  it('says that changes inside an older copy are gone when it is updated', async () => {
    const there = page();
    await loadPublished(there);
    const [published] = there.store.get().publishedSubgraphs;
    const made = published && instantiate(there.store.get().document, published, [0, 0]);
    if (!made?.document) throw new Error('Nothing was published.');
    there.session.change('Add', made.document);
    editInside(there, made.id, 'mine.png');
    editInside(here, here.instance, 'c.png');
    await publish(here, here.instance);
    await loadPublished(there);
    updateCopies(there);
    expect(there.said.at(-1)).to.contain('Changes that were made inside the older copy are gone.');
    there.stop();
  });
});
