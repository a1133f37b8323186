import { expect } from '@open-wc/testing';
import { removeNodes, setWidget } from '../../src/core/graph/edits.js';
import { createStage, type Stage } from '../../src/editor/litegraph.js';
import { emptyScene, syncStage } from '../../src/editor/sync.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';

describe('a document on the stage', () => {
  let stage: Stage;
  const nothing = (): void => undefined;
  const sync = (previous: ReturnType<typeof emptyScene>, document: ReturnType<typeof twoNodes>) =>
    syncStage(stage, previous, document, testRegistry, () => false);

  beforeEach(() => {
    stage = createStage(document.createElement('canvas'), {
      drawNode: nothing,
      drawLink: nothing,
      drawBackground: nothing,
      drawForeground: nothing,
    });
  });

  it('has the document’s nodes and links', () => {
    sync(emptyScene(), twoNodes({ image: { link: ['1', 'IMAGE'] } }));
    expect(stage.graph._nodes.map(({ id }) => id)).to.deep.equal(['1', '2']);
    const links = Object.values(stage.graph.links);
    expect(links.map((link) => [link.origin_id, link.target_id, link.type])).to.deep.equal([
      ['1', '2', 'IMAGE'],
    ]);
  });

  it('makes anew only what an edit touched', () => {
    const first = sync(emptyScene(), twoNodes());
    const second = sync(first, setWidget(first.document, '2', 'amount', 9));
    expect(second.views.get('1')).to.equal(first.views.get('1'));
    expect(second.views.get('2')).to.not.equal(first.views.get('2'));
    expect(second.views.get('2')?.face.widgets[0]?.value).to.equal(9);
  });

  it('lets go of nodes that are gone', () => {
    const first = sync(emptyScene(), twoNodes({ image: { link: ['1', 'IMAGE'] } }));
    sync(first, removeNodes(first.document, ['1']));
    expect(stage.graph._nodes.map(({ id }) => id)).to.deep.equal(['2']);
    expect(Object.keys(stage.graph.links)).to.deep.equal([]);
  });

  it('keeps its place in the drawing order when a node is made anew', () => {
    const first = sync(emptyScene(), twoNodes());
    const view = first.views.get('1');
    if (view) stage.view.bringToFront(view.node);
    sync(first, setWidget(first.document, '2', 'amount', 9));
    expect(stage.graph._nodes.map(({ id }) => id)).to.deep.equal(['2', '1']);
  });
});
