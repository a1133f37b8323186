import { expect } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import { maskGround } from '../../src/app/mask-ground.js';
import { createStore } from '../../src/app/store.js';
import { setWidget } from '../../src/core/graph/edits.js';
import { makeSubgraph } from '../../src/core/graph/subgraph-make.js';
import { registry } from '../support/example-graphs.js';
import { createGraphBuilder } from '../support/graph-builder.js';

/** A mask that is painted inside a subgraph, on what a Self-Segmentation Mask outside of it found. */
function inSubgraph() {
  const g = createGraphBuilder(registry);
  const found = g.node('SelfSegmentationMask', { threshold: 0.8 });
  const inputs = { image: 'zebra.png', mask: '', base: found.out('MASK') };
  const painted = g.node('PaintMask', inputs);
  const made = makeSubgraph(g.document(), registry, [painted.id], 'By hand');
  if (made.refused !== undefined) throw new Error(made.refused);
  const store = createStore(initialState());
  const session = createDocumentSession(store, registry, {
    refused: () => undefined,
    stepped: () => undefined,
  });
  session.start(made.document);
  return { store, session, found: found.id, painted: painted.id, around: made.id };
}

describe('what a mask is painted on', () => {
  it('is found from inside a subgraph that was entered: the picture, and the mask that is linked from outside', () => {
    const { store, session, found, painted, around } = inSubgraph();
    session.goTo([around]);
    expect(maskGround(store.get(), registry, painted)).to.deep.equal({
      image: 'zebra.png',
      mask: '',
      base: { node: found, output: 'MASK', type: 'SelfSegmentationMask', threshold: 0.8 },
    });
  });

  it('has what was painted there; one step of undo takes it back', () => {
    const { store, session, painted, around } = inSubgraph();
    session.goTo([around]);
    const keep = (text: string) => {
      const edited = setWidget(store.get().document, painted, 'mask', text);
      session.change('Paint', edited, 'one visit');
    };
    for (const text of ['1x1:a', '1x1:p']) keep(text);
    const mask = () => maskGround(store.get(), registry, painted).mask;
    expect(mask()).to.equal('1x1:p');
    session.undo();
    expect(mask()).to.equal('');
  });
});
