import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseByteRange } from '../../../../tools/serve/byte-range.js';

describe('parseByteRange', () => {
  it('reads closed, open and last-bytes ranges, cut to the file', () => {
    assert.deepEqual(parseByteRange('bytes=0-0', 10), { first: 0, last: 0 });
    assert.deepEqual(parseByteRange('bytes=4-', 10), { first: 4, last: 9 });
    assert.deepEqual(parseByteRange('bytes=4-99', 10), { first: 4, last: 9 });
    assert.deepEqual(parseByteRange('bytes=-3', 10), { first: 7, last: 9 });
    assert.deepEqual(parseByteRange('bytes=-99', 10), { first: 0, last: 9 });
  });

  it('refuses ranges that lie outside the file', () => {
    assert.equal(parseByteRange('bytes=10-', 10), 'unsatisfiable');
    assert.equal(parseByteRange('bytes=-0', 10), 'unsatisfiable');
    assert.equal(parseByteRange('bytes=0-', 0), 'unsatisfiable');
  });

  it('ignores what a server may ignore', () => {
    for (const header of [undefined, '', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'items=0-1']) {
      assert.equal(parseByteRange(header, 10), undefined);
    }
  });
});
