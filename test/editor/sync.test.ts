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
      drawLinks: nothing,
      drawBackground: nothing,
      drawForeground: nothing,
      drawOverlay: nothing,
      overlayBox: () => undefined,
    });
  });

  it('has the document’s nodes and links', () => {
    const { links } = sync(emptyScene(), twoNodes({ image: { link: ['1', 'IMAGE'] } }));
    expect(stage.graph._nodes.map(({ id }) => id)).to.deep.equal(['1', '2']);
    expect(links.map(({ from, to, type }) => [from.node, to.node, type])).to.deep.equal([
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
    const { links } = sync(first, removeNodes(first.document, ['1']));
    expect(stage.graph._nodes.map(({ id }) => id)).to.deep.equal(['2']);
    expect(links).to.deep.equal([]);
  });

  it('keeps its place in the drawing order when a node is made anew', () => {
    const first = sync(emptyScene(), twoNodes());
    const view = first.views.get('1');
    if (view) stage.view.bringToFront(view.node);
    sync(first, setWidget(first.document, '2', 'amount', 9));
    expect(stage.graph._nodes.map(({ id }) => id)).to.deep.equal(['2', '1']);
  });
});
