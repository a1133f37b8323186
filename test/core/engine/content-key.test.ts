import { expect } from '@open-wc/testing';
import { contentKey } from '../../../src/core/engine/content-key.js';

describe('contentKey', () => {
  it('is the same whatever the order of the keys', () => {
    expect(contentKey({ a: 1, b: [2, { d: 4, c: 3 }] })).to.equal(
      contentKey({ b: [2, { c: 3, d: 4 }], a: 1 }),
    );
  });

  it('differs when a value differs', () => {
    expect(contentKey({ a: 1 })).not.to.equal(contentKey({ a: 2 }));
    expect(contentKey(['ab', 'c'])).not.to.equal(contentKey(['a', 'bc']));
  });
});
