import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzzReader, fuzzTable, type FuzzRow } from '../../fuzz/fuzz.js';
import { makeReaders } from '../../fuzz/readers.js';

const CASES = 2000;
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);

describe('readers of what comes from outside', async () => {
  const readers = await makeReaders();
  const rows: FuzzRow[] = [];

  for (const reader of readers) {
    it(`read ${reader.name} that is broken, or refuse it in words (seed ${String(seed)})`, async () => {
      const row = await fuzzReader(reader, Math.ceil(CASES / readers.length), seed);
      rows.push(row);
      assert.equal(row.failure, undefined);
      assert.ok(row.refused > 0, 'nothing was broken enough to be refused');
    });
  }

  it('had 2,000 cases in all', (test) => {
    test.diagnostic(`\n${fuzzTable(rows)}`);
    assert.ok(rows.reduce((sum, { cases }) => sum + cases, 0) >= CASES);
  });
});
