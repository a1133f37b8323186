import { expect } from '@open-wc/testing';
import { createOutputCache } from '../../../src/core/engine/output-cache.js';
import type { Resource } from '../../../src/core/engine/resource.js';

/** A resource that may grow, and its claims. */
function growing(byteLength: number) {
  const state = { byteLength, claims: 1 };
  const resource: Resource = {
    get byteLength() {
      return state.byteLength;
    },
    retain: () => {
      state.claims += 1;
      return resource;
    },
    dispose: () => {
      state.claims -= 1;
    },
  };
  return { state, resource };
}

const entry = (...values: readonly unknown[]) => ({
  outputs: Object.fromEntries(values.map((value, index) => [`out${String(index)}`, value])),
  pictures: [],
  warnings: [],
});

describe('an output cache', () => {
  it('evicts what was used least recently, and gives its claims back', () => {
    const cache = createOutputCache(100);
    const [a, b, c] = [growing(40), growing(40), growing(40)];
    cache.store('a', entry(a.resource));
    cache.store('b', entry(b.resource));
    cache.get('a');
    cache.store('c', entry(c.resource));
    expect([a, b, c].map(({ state }) => state.claims)).to.deep.equal([1, 0, 1]);
    expect([cache.has('a'), cache.has('b'), cache.has('c')]).to.deep.equal([true, false, true]);
    cache.clear();
    expect([a, c].map(({ state }) => state.claims)).to.deep.equal([0, 0]);
    expect(cache.bytes()).to.equal(0);
  });

  it('counts a value that grew when it makes room', () => {
    const cache = createOutputCache(100);
    const lazy = growing(1);
    cache.store('lazy', entry(lazy.resource));
    lazy.state.byteLength = 90;
    expect(cache.bytes()).to.equal(90);
    cache.store('next', entry(growing(50).resource));
    expect(lazy.state.claims).to.equal(0);
  });

  it('counts what several entries share once', () => {
    const cache = createOutputCache(100);
    const shared = growing(60);
    cache.store('a', entry(shared.resource));
    cache.store('b', entry({ inside: shared.resource.retain() }));
    expect(cache.bytes()).to.equal(60);
    cache.remove('a');
    expect([cache.bytes(), shared.state.claims]).to.deep.equal([60, 1]);
  });

  it('keeps pinned entries above the budget until the pins are taken away', () => {
    const cache = createOutputCache(10);
    cache.pin('a');
    cache.store('a', entry(growing(50).resource));
    expect(cache.has('a')).to.equal(true);
    cache.unpinAll();
    expect(cache.has('a')).to.equal(false);
  });
});
