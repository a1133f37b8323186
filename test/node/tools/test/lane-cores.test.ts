import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coresOfLanes, parseCoreList } from '../../../../tools/test/lane-cores.js';

describe('coresOfLanes', () => {
  it('gives every core to one lane, as many to each as can be', () => {
    assert.deepEqual(coresOfLanes([0, 1], 2), [[0], [1]]);
    assert.deepEqual(coresOfLanes([2, 3, 8], 2), [[2, 3], [8]]);
    assert.deepEqual(coresOfLanes([0, 1, 2, 3, 4, 5, 6, 7], 3), [
      [0, 1, 2],
      [3, 4],
      [5, 6, 7],
    ]);
  });

  it('parts nothing where a lane would be left without a core', () => {
    assert.deepEqual(coresOfLanes([5], 2), [[], []]);
    assert.deepEqual(coresOfLanes([], 2), [[], []]);
  });
});

describe('parseCoreList', () => {
  it('reads ranges and single cores as Linux writes them', () => {
    assert.deepEqual(parseCoreList('\t0-3,8\n'), [0, 1, 2, 3, 8]);
    assert.deepEqual(parseCoreList('7'), [7]);
  });

  it('finds no cores in what is no list', () => {
    assert.deepEqual(parseCoreList(''), []);
    assert.deepEqual(parseCoreList('all'), []);
  });
});
