import { aTimeout, expect } from '@open-wc/testing';
import { createStore } from '../../src/app/store.js';
import { throttle } from '../../src/app/throttle.js';

describe('a store', () => {
  it('tells its watchers of changes, and of nothing else', () => {
    const store = createStore({ a: 1, b: 2 });
    const seen: number[] = [];
    const stop = store.watch(({ a }) => seen.push(a));
    store.set({ a: 2 });
    store.set({ a: 2, b: 2 });
    stop();
    store.set({ a: 3 });
    expect(seen).to.deep.equal([2]);
    expect(store.get()).to.deep.equal({ a: 3, b: 2 });
  });

  it('tells everyone, with a value of its own, when it is renewed without a change', () => {
    const store = createStore({ a: 1 });
    const before = store.get();
    const told: unknown[] = [];
    store.watch((state) => told.push(state));
    store.renew();
    expect(told).to.deep.equal([{ a: 1 }]);
    expect(store.get()).not.to.equal(before);
  });
});

describe('a throttled task', () => {
  it('runs at once, and makes up for the calls in between once', async () => {
    let count = 0;
    const task = throttle(() => (count += 1), 30);
    task();
    expect(count).to.equal(1);
    task();
    task();
    expect(count).to.equal(1);
    await aTimeout(60);
    expect(count).to.equal(2);
  });
});
