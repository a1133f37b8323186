import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { closingLine, countsOf } from '../../../../tools/test/counts.mjs';

describe('counts of a runner', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'crossweave-counts-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function left(text: string): string {
    const file = join(folder, 'counts.json');
    writeFileSync(file, text);
    return file;
  }

  it('are what it reported', () => {
    assert.deepEqual(countsOf(left('{"passed":3,"failed":0}'), 0), { passed: 3, failed: 0 });
    assert.deepEqual(countsOf(left('{"passed":3,"failed":2}'), 1), { passed: 3, failed: 2 });
  });

  it('hold one failure when it reported nothing, ran nothing, or failed outside its tests', () => {
    assert.deepEqual(countsOf(join(folder, 'absent.json'), 0), { passed: 0, failed: 1 });
    assert.deepEqual(countsOf(left('{"passed":0,"failed":0}'), 0), { passed: 0, failed: 1 });
    assert.deepEqual(countsOf(left('{"passed":3,"failed":0}'), 1), { passed: 3, failed: 1 });
  });

  it('close a run in one line', () => {
    assert.equal(closingLine({ passed: 12, failed: 0 }), '12 passed, 0 failed');
  });
});
