import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check } from 'prettier';
import { parseScores, scoreTable, withTable } from '../../../../tools/figures/score-table.js';

const interval = (mean: number) => ({ mean, low: mean - 0.05, high: mean + 0.05 });
const report = {
  pairs: 100,
  seed: 1000000,
  model: 'creatures',
  preset: 'official',
  rows: {
    nothing: { structureIoU: interval(0.9), partCorrespondence: interval(0.2) },
    full: {
      structureIoU: interval(0.7),
      partCorrespondence: interval(0.65),
      appearanceDistance: interval(24.94),
    },
  },
};

void describe('npm run table', () => {
  void it('makes a table of scores with the command that makes them, as the formatter wants it', async () => {
    const table = scoreTable(parseScores(JSON.stringify(report)));
    assert.match(table, /evaluate -- --pairs 100 --seed 1000000 --rows full,nothing`/);
    const lines = table.split('\n').filter((line) => line.startsWith('|'));
    assert.equal(lines.length, 4);
    assert.match(
      lines[2] ?? '',
      /^\| full method +\| 0\.70 \(0\.65 to 0\.75\) .* 24\.9 \(24\.9 to 25\.0\)/,
    );
    assert.match(lines[3] ?? '', /^\| nothing .*\| – +\|$/);
    assert.throws(() => scoreTable(report, { isDifference: true }), /no differences/);
    const less = { structureIoU: { mean: -0.1, low: -0.204, high: 0.002 } };
    const differences = { ...report, againstFull: { nothing: less } };
    assert.match(
      scoreTable(differences, { isDifference: true }),
      /\| nothing \| −0\.10 \(−0\.20 to 0\.00\) \|$/,
    );
    const text = withTable('# Title\n\n<!-- scores a -->\nold\n<!-- /scores a -->\n', 'a', table);
    assert.ok(text.includes(table) && !text.includes('old'));
    assert.equal(withTable(text, 'a', table), text);
    assert.ok(await check(text, { parser: 'markdown', printWidth: 100 }));
  });

  void it('refuses other files, and texts without a place for the table', () => {
    for (const text of [
      '',
      '{}',
      'null',
      '[1]',
      JSON.stringify({ ...report, rows: { full: { a: 1 } } }),
    ]) {
      assert.throws(() => parseScores(text), /not what evaluate --json prints/);
    }
    for (const text of ['', '<!-- scores a -->', '<!-- /scores a --><!-- scores a -->']) {
      assert.throws(() => withTable(text, 'a', 'table'), /no place for the table/);
    }
  });
});
