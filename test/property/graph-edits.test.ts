import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { AppError } from '../../src/core/errors.js';
import { createPlan } from '../../src/core/engine/plan.js';
import {
  addNode,
  emptyDocument,
  removeNodes,
  setMode,
  setWidget,
} from '../../src/core/graph/edits.js';
import { duplicateNodes } from '../../src/core/graph/fragment.js';
import { createHistory, record, redo, undo } from '../../src/core/graph/history.js';
import { moveNodes, setView } from '../../src/core/graph/layout-edits.js';
import { connect, disconnect } from '../../src/core/graph/link-edits.js';
import { migrateNodes } from '../../src/core/graph/migrate-nodes.js';
import { parseDocument } from '../../src/core/graph/parse.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import { isLink, type GraphDocument } from '../../src/core/graph/types.js';
import { tinyRegistry } from '../support/tiny-nodes.js';

type Edit = readonly [kind: number, a: number, b: number];

const edits = fc.array(fc.tuple(fc.nat(8), fc.nat(20), fc.nat(20)), { maxLength: 40 });
const types = ['Source', 'Sum', 'Sum', 'Show', 'Keep'];

function apply(document: GraphDocument, [kind, a, b]: Edit): GraphDocument {
  const ids = Object.keys(document.nodes);
  const [one, two] = [ids[a % ids.length], ids[b % ids.length]];
  if (kind < 3 || one === undefined || two === undefined) {
    const definition = tinyRegistry.get(types[a % types.length] ?? '');
    if (definition === undefined) return document;
    return addNode(document, definition, { pos: [a, b] }).document;
  }
  const name = ['a', 'b', 'value'][b % 3] ?? '';
  if (kind === 3) return removeNodes(document, [one]);
  if (kind === 4) return setWidget(document, one, 'plus', b);
  if (kind === 5) return moveNodes(document, new Map([[one, [a, b]]]));
  if (kind === 6) return duplicateNodes(document, [one, two]).document;
  if (kind === 7) return disconnect(document, tinyRegistry, { node: one, name });
  if (b === 20) return setMode(document, [one], 'bypass');
  const from = { node: one, name: 'VALUE' };
  return connect(document, tinyRegistry, from, { node: two, name }).document ?? document;
}

const documents = edits.map((list) => list.reduce(apply, emptyDocument()));

describe('any sequence of edits', () => {
  it('is undone to the document before, and redone to the one after', () => {
    fc.assert(
      fc.property(edits, (list) => {
        let history = createHistory(emptyDocument());
        for (const edit of list) {
          history = record(history, apply(history.present, edit), { name: 'Edit' });
        }
        const after = history.present;
        const steps = history.past.length;
        for (let i = 0; i < steps; i += 1) history = undo(history);
        expect(history.present).to.deep.equal(emptyDocument());
        for (let i = 0; i < steps; i += 1) history = redo(history);
        expect(history.present).to.equal(after);
      }),
    );
  });

  it('saves and loads to the same document, and to the same bytes', () => {
    fc.assert(
      fc.property(documents, fc.jsonValue({ maxDepth: 4 }), (document, extra) => {
        const text = serializeDocument({ ...document, ...{ extra } });
        if (/"(?:__proto__|constructor|prototype)":/.test(text)) return;
        const read = parseDocument(text);
        expect(read).to.deep.equal(JSON.parse(JSON.stringify({ ...document, extra })));
        expect(serializeDocument(read)).to.equal(text);
      }),
    );
  });

  it('plans every node after what feeds it', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { nodes } = createPlan(document, tinyRegistry);
        const place = new Map(nodes.map((id, index) => [id, index]));
        for (const [id, { inputs, mode }] of Object.entries(document.nodes)) {
          for (const stored of Object.values(inputs)) {
            const from = isLink(stored) ? place.get(stored.link[0]) : undefined;
            const to = place.get(id);
            if (from !== undefined && to !== undefined && mode === undefined) {
              expect(from).to.be.below(to);
            }
          }
        }
      }),
    );
  });

  it('never moves the view when it is undone', () => {
    const opened = createHistory(emptyDocument());
    const edited = record(opened, apply(opened.present, [0, 0, 0]), { name: 'Add' });
    const seen = setView(edited.present, { scale: 3, offset: [1, 2] });
    const moved = record(edited, seen, { name: 'View' });
    expect(moved.past).to.have.length(1);
    const back = undo(moved).present;
    expect(back.nodes).to.deep.equal({});
    expect(back.layout.view).to.deep.equal({ scale: 3, offset: [1, 2] });
  });
});

describe('junk', () => {
  it('makes parseDocument throw an AppError or nothing', () => {
    const almost = fc.record(
      {
        format: fc.constantFrom('crossweave-graph', 'x'),
        version: fc.oneof(fc.constant(1), fc.anything()),
        nodes: fc.oneof(fc.dictionary(fc.string(), fc.anything()), fc.anything()),
        layout: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.json(), almost), (source) => {
        try {
          parseDocument(source);
        } catch (error) {
          expect(error).to.be.instanceOf(AppError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('in a node of any version never makes its migration throw', () => {
    const inputs = fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string(), fc.boolean()));
    fc.assert(
      fc.property(fc.nat(5), inputs, (version, given) => {
        const nodes = { 1: { type: 'Renamed', version, inputs: given } };
        const [record] = Object.values(
          migrateNodes({ ...emptyDocument(), nodes }, tinyRegistry).nodes,
        );
        expect(record?.version).to.equal(version >= 1 ? Math.max(version, 3) : record?.version);
      }),
    );
  });
});
