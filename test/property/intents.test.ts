import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { differsInViewOnly } from '../../src/core/graph/history.js';
import { parseDocument } from '../../src/core/graph/parse.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import { boundaryIds, inOrder } from '../../src/core/graph/subgraph-registry.js';
import {
  isLink,
  type GraphDocument,
  type Layout,
  type Subgraph,
  type SubgraphInput,
  type SubgraphOutput,
} from '../../src/core/graph/types.js';
import { exportWorkflow } from '../../src/core/interchange/export-workflow.js';
import { readAnyGraph } from '../../src/core/interchange/read-any-graph.js';
import { anyWork, doDeed, frozen, looking, tinySession } from '../support/any-work.js';
import { tinyRegistry } from '../support/tiny-nodes.js';

const app = { name: 'crossweave', version: '0' };

/** A document without the views, which are nobody's to undo. */
function seen({ layout, subgraphs, ...document }: GraphDocument) {
  const inner = Object.entries(subgraphs ?? {}).map(([key, subgraph]) => [
    key,
    { ...subgraph, layout: unviewed(subgraph.layout) },
  ]);
  return { ...document, layout: unviewed(layout), subgraphs: inner };
}

function unviewed({ view: _view, ...layout }: Layout) {
  return layout;
}

type Drawn = Pick<Subgraph, 'nodes' | 'layout'> & Partial<Pick<Subgraph, 'inputs' | 'outputs'>>;

/** What a workflow can say of places: points lead links only, and sockets of a subgraph have nothing but a place. */
function drawn({ nodes, layout, inputs = {}, outputs = {} }: Drawn) {
  const fed = Object.values(inputs).flatMap(({ to }) => to.map((end) => end.join(' ')));
  const isLed = (id: string, input: string) =>
    id === boundaryIds.outputs
      ? outputs[input]?.from !== undefined
      : isLink(nodes[id]?.inputs[input]) || fed.includes(`${id} ${input}`);
  const places = Object.entries(layout.nodes).map(([id, { via, ...place }]) => {
    const isSocket = id === boundaryIds.inputs || id === boundaryIds.outputs;
    const led = Object.entries(via ?? {}).filter(([input]) => isLed(id, input));
    return [id, isSocket ? place.pos : place, Object.fromEntries(led)] as const;
  });
  return { ...layout, nodes: places.sort(([one], [two]) => Number(one) - Number(two)) };
}

/** The sockets of a subgraph in their order. */
function sockets(side: Subgraph['inputs'] | Subgraph['outputs'] = {}) {
  return inOrder<SubgraphInput | SubgraphOutput>(side).map(
    ([name, { order: _order, ...socket }]) => [name, socket],
  );
}

describe('whatever a user does', () => {
  it('is undone to each document before it, and redone to each after, and harms no earlier one', () => {
    fc.assert(
      fc.property(anyWork, (deeds) => {
        const { store, session, whole } = tinySession();
        const states = [whole()];
        for (const deed of deeds) {
          doDeed(session, frozen(store.get().document), frozen(whole()), deed);
          // A look is no step; whatever else changed the document is one.
          const last = states.at(-1) ?? whole();
          const isLook = deed[0] === looking || differsInViewOnly(last, whole());
          if (isLook) states.splice(-1, 1, whole());
          else states.push(whole());
        }
        for (const state of states.slice(0, -1).toReversed()) {
          session.undo();
          expect(seen(whole())).to.deep.equal(seen(state));
        }
        expect(store.get().canUndo).to.equal(false);
        for (const state of states.slice(1)) {
          session.redo();
          expect(seen(whole())).to.deep.equal(seen(state));
        }
        expect(store.get().canRedo).to.equal(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is saved and read, and comes back from an exported workflow, as it is', () => {
    fc.assert(
      fc.property(anyWork, (deeds) => {
        const { store, session, whole } = tinySession();
        for (const deed of deeds) doDeed(session, store.get().document, whole(), deed);
        const document = parseDocument(serializeDocument(whole()));
        expect(document).to.deep.equal(whole());
        const text = JSON.stringify(exportWorkflow(document, tinyRegistry, app));
        const back = readAnyGraph(text, tinyRegistry);
        expect(back.nodes).to.deep.equal(document.nodes);
        expect(back.title).to.equal(document.title);
        expect(drawn(back)).to.deep.equal(drawn(document));
        expect(Object.keys(back.subgraphs ?? {}).sort()).to.deep.equal(
          Object.keys(document.subgraphs ?? {}).sort(),
        );
        for (const [key, subgraph] of Object.entries(document.subgraphs ?? {})) {
          const again = back.subgraphs?.[key];
          expect(again?.nodes).to.deep.equal(subgraph.nodes);
          expect(again && drawn(again)).to.deep.equal(drawn(subgraph));
          expect(sockets(again?.inputs)).to.deep.equal(sockets(subgraph.inputs));
          expect(sockets(again?.outputs)).to.deep.equal(sockets(subgraph.outputs));
        }
      }),
      { numRuns: 60 },
    );
  });
});
