import { expect } from '@open-wc/testing';
import { followingOutputs } from '../../src/app/following-outputs.js';
import { createGraphBuilder } from '../support/graph-builder.js';
import { tinyRegistry } from '../support/tiny-nodes.js';

describe('followingOutputs', () => {
  const g = createGraphBuilder(tinyRegistry);
  const first = g.node('Source', { amount: 1 });
  const shown = g.node('Show', { value: first.out('VALUE') });
  const again = g.node('Show', { value: first.out('VALUE') });
  const other = g.node('Source', { amount: 2 });
  const apart = g.node('Show', { value: other.out('VALUE') });
  const lonely = g.node('Source', { amount: 3 });
  const outputs = (...ids: string[]) => followingOutputs(g.document(), ids, tinyRegistry);

  it('gives every output that is computed from a node, and none beside', () => {
    expect(outputs(first.id)).to.deep.equal([shown.id, again.id]);
    expect(outputs(other.id)).to.deep.equal([apart.id]);
  });

  it('gives a selected output itself, and each but once', () => {
    expect(outputs(shown.id)).to.deep.equal([shown.id]);
    expect(outputs(again.id, first.id)).to.deep.equal([shown.id, again.id]);
  });

  it('gives none where nothing follows', () => {
    expect(outputs(lonely.id)).to.deep.equal([]);
    expect(outputs()).to.deep.equal([]);
  });
});
