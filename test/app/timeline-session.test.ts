import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import node from '../../nodes/denoise/injection-schedule.js';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import type { LaneEdit } from '../../src/ui/timeline-model.js';
import { readSchedule } from '../../src/app/schedule-reading.js';
import { createStore } from '../../src/app/store.js';
import { createTimelineSession, differsInSchedulesOnly } from '../../src/app/timeline-session.js';
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

  it('takes any edit of any lane back in one step, to the very document of before', () => {
    const pass = fc.nat(80);
    const span = { from: pass, to: pass };
    const every = fc.integer({ min: 1, max: 5 });
    const constant = fc.constant;
    const sources = ['full', 'half', 'half.0', 'full.2'];
    const paint = (lanes: readonly string[], values: readonly string[]) =>
      fc.record({
        kind: constant('paint' as const),
        lane: fc.constantFrom(...lanes),
        ...span,
        every,
        value: fc.constantFrom(...values),
      });
    const curves = fc.constantFrom('contrast', 'guidance', 'adain');
    const edits = fc.oneof(
      paint(sources, ['own', 'appearance', 'structure', 'c', 'f']),
      paint(['mask', 'full.mask', 'half.0.mask'], ['all', 'none', 'app', 'struct', 'e']),
      fc.record({
        kind: constant('shift' as const),
        lane: fc.constantFrom(...sources, 'half.mask'),
        ...span,
        by: fc.integer({ min: -9, max: 9 }),
      }),
      fc.record({
        kind: constant('point' as const),
        lane: curves,
        index: constant(undefined),
        pass,
        value: fc.nat(100).map((value) => value / 100),
      }),
      fc.record({ kind: constant('off' as const), lane: curves, ...span, isOff: fc.boolean() }),
      fc.record({
        kind: constant('text' as const),
        lane: fc.constantFrom(...sources, 'full.mask', 'mask'),
        text: fc.constantFrom('', 'app 3..', 'none; struct 4', 'own 9'),
      }),
    );
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 6 }), (list) => {
        const { store, session, timeline, id } = open();
        const seen = [store.get().document];
        list.forEach((edit, i) => {
          const record = store.get().document.nodes[id];
          const lane = record && readSchedule(record).lanes.find(({ name }) => name === edit.lane);
          const base = lane?.text ?? '';
          timeline.edit({ node: id, gesture: String(i), edit: { base, ...edit } as LaneEdit });
          const { document } = store.get();
          if (document !== seen.at(-1)) seen.push(document);
        });
        for (const before of seen.slice(0, -1).reverse()) {
          session.undo();
          expect(store.get().document).to.deep.equal(before);
        }
      }),
      { numRuns: 60 },
    );
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

  it('tells a drag of a schedule from every other edit of the graph', () => {
    const { store, session, paint, id } = open();
    const before = store.get().document;
    paint(12, 'first');
    const painted = store.get().document;
    expect(differsInSchedulesOnly(before, painted)).to.equal(true);
    session.change('Add', addNode(painted, node, { pos: [0, 0] }).document);
    const added = store.get().document;
    expect(differsInSchedulesOnly(painted, added)).to.equal(false);
    session.edit({ kind: 'move', positions: new Map([[id, [9, 9]]]) });
    expect(differsInSchedulesOnly(added, store.get().document)).to.equal(false);
  });
});
