import { expect } from '@open-wc/testing';
import node from '../../nodes/denoise/injection-schedule.js';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import { createStore } from '../../src/app/store.js';
import { createTimelineSession } from '../../src/app/timeline-session.js';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { parseDocument } from '../../src/core/graph/parse.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import { createRegistry } from '../../src/core/node/registry.js';

const registry = createRegistry<never>([node]);

function open() {
  const store = createStore(initialState());
  const session = createDocumentSession(store, registry, {
    refused: () => undefined,
    stepped: () => undefined,
  });
  const added = addNode(emptyDocument(), node, { pos: [0, 0] });
  session.start(added.document);
  const timeline = createTimelineSession(store, registry, session);
  const stored = () => store.get().document.nodes[added.id]?.inputs['full_lane'];
  const paint = (to: number, gesture: string) => {
    const base = 'app 0..67';
    const stroke = { from: 10, to, every: 1, value: 'structure' } as const;
    const edit = { kind: 'paint', lane: 'full', base, ...stroke } as const;
    timeline.edit({ node: added.id, gesture, edit });
  };
  return { store, session, timeline, stored, paint, id: added.id };
}

describe('the timeline', () => {
  it('makes one step of undo of a drag, and the next drag another', () => {
    const { session, stored, paint } = open();
    for (const to of [10, 11, 12]) paint(to, 'first');
    paint(20, 'second');
    expect(stored()).to.equal('app 0..67; struct 10..20');
    session.undo();
    expect(stored()).to.equal('app 0..67; struct 10..12');
    session.undo();
    expect(stored()).to.equal('');
    session.redo();
    expect(stored()).to.equal('app 0..67; struct 10..12');
  });

  it('opens for a schedule that is selected, until it was closed', async () => {
    const { store, timeline, id } = open();
    store.set({ selection: [id] });
    expect(store.get().settings.isTimelineOpen).to.equal(true);
    await timeline.toggle();
    store.set({ selection: [] });
    store.set({ selection: [id] });
    expect(store.get().settings.isTimelineOpen).to.equal(false);
  });

  it('swaps two sets of lanes; both are saved with the graph', () => {
    const { store, timeline, stored, paint } = open();
    paint(12, 'first');
    timeline.swap();
    paint(40, 'second');
    const text = serializeDocument(store.get().document);
    store.set({ document: parseDocument(text) });
    expect(stored()).to.equal('app 0..67; struct 10..40');
    timeline.swap();
    expect(stored()).to.equal('app 0..67; struct 10..12');
  });
});
