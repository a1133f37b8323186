import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { interval } from '../../../tools/cli/evaluate/interval.js';
import { checkOutputFile } from '../../../tools/cli/evaluate/output-file.js';
import type { Row } from '../../../tools/cli/evaluate/rows.js';
import { differencesTo, summaryOf, type Scores } from '../../../tools/cli/evaluate/summary.js';
import { maskSettingsOf } from '../../../tools/cli/headless/pack-settings.js';
import { runCli, withFolder } from './run-cli.js';

interface Report {
  readonly pairs: number;
  readonly forwardsPerPair: number;
  readonly rows: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<'mean' | 'low' | 'high', number>>>>>
  >;
}

async function evaluate(...args: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await runCli('evaluate', [...args, '--steps', '4', '--json']);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Report;
}

describe('npm run evaluate', () => {
  it('scores every row of a pair from one pair of inversions', async () => {
    const one = await evaluate('--pairs', '1', '--rows', 'full');
    const { pairs, rows, forwardsPerPair } = await evaluate('--pairs', '1', '--ablate');
    assert.equal(pairs, 1);
    assert.deepEqual(Object.keys(rows).sort(), [
      'adainOnly',
      'balanced',
      'colorTransfer',
      'fewSteps',
      'foregroundBoth',
      'foregroundKeys',
      'foregroundOnly',
      'full',
      'localAdain',
      'mirrored',
      'noStructure',
      'nothing',
      'ownKeys',
      'ownKeysBiased',
      'renormalized',
      'swap',
      'swapContrast',
      'swapContrastAdain',
      'temperature',
      'unclipped',
    ]);
    for (const row of Object.values(rows)) {
      assert.deepEqual(Object.keys(row).sort(), [
        'appearanceDistance',
        'maskIoU',
        'partCorrespondence',
        'structureIoU',
      ]);
    }
    assert.deepEqual(rows['full'], one.rows['full']);
    assert.equal(rows['nothing']?.['maskIoU']?.mean, 1);
    // Fifteen further loops, their masks and one more inversion; made apart, sixteen would have cost sixteen times as much.
    assert.ok(
      forwardsPerPair < 6 * one.forwardsPerPair,
      `${String(forwardsPerPair)} of ${String(one.forwardsPerPair)}`,
    );
  });

  it('scores the user’s own pictures without knowing their parts', async () => {
    await withFolder(async (folder) => {
      const samples = join(import.meta.dirname, '../../../public/samples');
      for (const [name, file] of [
        ['s', 'giraffe.png'],
        ['a', 'leopard.png'],
      ] as const) {
        await mkdir(join(folder, name));
        await copyFile(join(samples, file), join(folder, name, file));
      }
      const folders = ['--structures', join(folder, 's'), '--appearances', join(folder, 'a')];
      const { pairs, rows } = await evaluate(...folders, '--rows', 'nothing,colorTransfer');
      assert.equal(pairs, 1);
      assert.deepEqual(Object.keys(rows['colorTransfer'] ?? {}).sort(), [
        'colorDistance',
        'gramDistance',
        'maskIoU',
      ]);
      const colour = (row: string): number => rows[row]?.['colorDistance']?.mean ?? NaN;
      assert.ok(colour('colorTransfer') < 0.3 * colour('nothing'), 'the colours were taken over');
    });
  });

  it('goes on where a run was cut, from the pairs that a file kept', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'pairs.jsonl');
      const args = ['--rows', 'nothing', '--resume', file];
      const one = await evaluate('--pairs', '1', ...args);
      const line = await readFile(file, 'utf8');
      assert.equal(line.split('\n').length, 2);
      // Told from a pair that is made anew by scores that no pair has; a line that was cut is left out.
      const told = line.replace(/"structureIoU":[\d.]+/, '"structureIoU":7');
      await writeFile(file, `${told}{"about"`);
      const two = await evaluate('--pairs', '1', ...args);
      assert.equal(two.rows['nothing']?.['structureIoU']?.mean, 7);
      assert.deepEqual(two.rows['nothing']['maskIoU'], one.rows['nothing']?.['maskIoU']);
      assert.equal(two.forwardsPerPair, one.forwardsPerPair);
    });
  });

  it('cuts masks as the file crossweave.json of a model’s folder says, and as the reference code without one', async () => {
    assert.deepEqual(await maskSettingsOf('creatures'), { clusters: 12, threshold: 0.8 });
    await withFolder(async (folder) => {
      assert.deepEqual(await maskSettingsOf(folder), { clusters: 5, threshold: 1.4 });
      const file = join(folder, 'crossweave.json');
      await writeFile(file, '{"mask": {"clusters": 9, "threshold": 0.5}}');
      assert.deepEqual(await maskSettingsOf(folder), { clusters: 9, threshold: 0.5 });
      await writeFile(file, '{"mask": {"clusters": 2.5, "threshold": 0.5}}');
      await assert.rejects(maskSettingsOf(folder), /mask\.clusters/);
      await writeFile(file, '{"mask":');
      await assert.rejects(maskSettingsOf(folder), /not JSON/);
    });
  });

  it('answers bad input with a sentence', async () => {
    await withFolder(async (folder) => {
      const notes = join(folder, 'notes.txt');
      // One line without an end, which a cut run’s last line has not either.
      await writeFile(notes, '{"mine": true}');
      for (const [args, sentence] of [
        [['--rows', 'best'], /--rows takes full, .*, not “best”\./],
        [['--preset', 'fast'], /--preset is one of official, .*, not “fast”\./],
        [['--pairs', '0'], /--pairs takes a whole number from 1/],
        [['--resume', notes], /--resume takes a file that evaluate wrote/],
        [['--sheet', notes], /--sheet writes a PNG picture/],
        [['--structures', folder], /--structures and --appearances go together/],
        [['--structures', folder, '--appearances', folder], /holds no PNG or JPEG picture/],
        [['--model', 'none', '--pairs', '1'], /none/],
      ] as const) {
        const { code, stdout, stderr } = await runCli('evaluate', args);
        assert.notEqual(code, 0);
        assert.equal(stdout, '');
        assert.match(stderr, sentence);
        assert.equal(stderr.trim().split('\n').length, 1, stderr);
      }
      assert.equal(await readFile(notes, 'utf8'), '{"mine": true}');
      for (const [file, sentence] of [
        [folder, /--resume takes a file to write; “.*” is no file\./],
        [join(folder, 'no/such/file'), /“.*” cannot be written/],
        [join(notes, 'file'), /“.*” cannot be written/],
        ['', /its name is empty/],
        ['a\0b', /zero byte/],
      ] as const) {
        await assert.rejects(checkOutputFile('resume', file), sentence);
      }
      await checkOutputFile('resume', join(folder, 'new file.jsonl'));
    });
  });

  it('tells every ten pairs, and keeps what is finished when it is stopped', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'pairs.jsonl');
      const rows = ['--rows', 'nothing', '--steps', '4', '--json', '--resume', file];
      await runCli('evaluate', ['--pairs', '1', ...rows]);
      const [line = ''] = (await readFile(file, 'utf8')).split('\n');
      const lines = Array.from({ length: 24 }, (_, pair) =>
        line.replace('"pair":0', `"pair":${String(pair)}`),
      );
      await writeFile(file, `${lines.join('\n')}\n`);
      // Twenty-four pairs are there, so the processes are at work on the rest when they are stopped.
      const stopped = await runCli('evaluate', ['--pairs', '500', '--jobs', '2', ...rows], {
        stopWhen: /20 of 500 pairs/,
      });
      assert.equal(stopped.code, 130, stopped.stderr);
      assert.match(stopped.stderr, /^10 of 500 pairs\n20 of 500 pairs\n/);
      const report = JSON.parse(stopped.stdout) as Report;
      assert.ok(report.pairs >= 20 && report.pairs < 500, String(report.pairs));
    });
  });

  it('gives the percentile bootstrap’s interval: as all resamples there are give it', () => {
    const values = [0.1, 0.4, 0.45, 0.8, 2];
    const means = Array.from({ length: 5 ** 5 }, (_, resample) => {
      const picks = [0, 1, 2, 3, 4].map((i) => Math.floor(resample / 5 ** i) % 5);
      return picks.reduce((sum, pick) => sum + (values[pick] ?? NaN), 0) / 5;
    });
    const { mean, low, high } = interval(values);
    assert.equal(mean, 0.75);
    const shareBelow = (bound: number): number =>
      means.filter((one) => one < bound).length / means.length;
    // Three deviations of the share that 2000 draws find: 3 √(0.025 · 0.975 / 2000) = 0.0105.
    assert.ok(Math.abs(shareBelow(low) - 0.025) < 0.0105, String(shareBelow(low)));
    assert.ok(Math.abs(shareBelow(high) - 0.975) < 0.0105, String(shareBelow(high)));
    assert.deepEqual(interval(values), { mean, low, high });
  });

  it('tells how rows differ from the full method pair by pair', () => {
    const pair = (full: number, more: number) =>
      new Map<Row, Scores>([
        ['full', { structureIoU: full, maskIoU: undefined }],
        ['ownKeys', { structureIoU: full + more, maskIoU: 0.5 }],
      ]);
    const pairs = differencesTo('full', [pair(0.2, 0.1), pair(0.9, 0.1)]);
    const { ownKeys } = summaryOf(['ownKeys'], pairs);
    assert.deepEqual(ownKeys, { structureIoU: { mean: 0.1, low: 0.1, high: 0.1 } });
  });

  it('gives an interval that holds the mean and narrows with more pairs', () => {
    assert.deepEqual(interval([0.5]), { mean: 0.5, low: 0.5, high: 0.5 });
    const few = interval([0, 1, 0, 1]);
    const many = interval(Array.from({ length: 100 }, (_unused, i) => i % 2));
    assert.equal(few.mean, 0.5);
    assert.ok(few.low < many.low && many.low < 0.5 && many.high > 0.5 && many.high < few.high);
    // The normal approximation of a hundred tosses of a coin.
    assert.ok(Math.abs(many.low - (0.5 - 1.96 * 0.05)) < 0.03, String(many.low));
  });
});
