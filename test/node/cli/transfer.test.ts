import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodePicture } from '../../../tools/cli/headless/picture-file.js';
import { readTransferOptions } from '../../../tools/cli/headless/transfer-options.js';
import { runCli, withFolder } from './run-cli.js';

const PICTURES = ['--structure', 'giraffe.png', '--appearance', 'leopard.png'];
const SHORT = [...PICTURES, '--steps', '10', '--skip', '3'];

interface RunJson {
  readonly outcome: string;
  readonly hash: string;
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly unet: Readonly<
    Record<'sampleForwards' | 'pairs' | 'forkShare' | 'forwardEquivalents', number>
  >;
  readonly peakMemoryBytes: number;
}

async function readRun(folder: string): Promise<RunJson> {
  return JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as RunJson;
}

describe('npm run transfer', () => {
  it('writes the transfer, both pictures, both masks and what the run took; the same seed gives the same bytes and hash', async () => {
    await withFolder(async (folder) => {
      const first = await runCli('transfer', [...SHORT, '--out', join(folder, 'a')]);
      assert.equal(first.code, 0, first.stderr);
      assert.deepEqual((await readdir(join(folder, 'a'))).sort(), [
        'appearance.png',
        'masks.png',
        'run.json',
        'structure.png',
        'transfer.png',
      ]);
      const transfer = await readFile(join(folder, 'a/transfer.png'));
      const { width, height, data } = decodePicture('transfer', transfer);
      assert.deepEqual([width, height], [128, 128]);
      assert.ok(new Set(data).size > 50, 'the result is no flat picture');
      const run = await readRun(join(folder, 'a'));
      assert.equal(run.outcome, 'success');
      assert.equal(run.settings['steps'], 10);
      assert.equal(run.unet.pairs, 5);
      const { sampleForwards, pairs, forkShare, forwardEquivalents } = run.unet;
      assert.equal(forwardEquivalents, sampleForwards + pairs * forkShare);
      assert.ok(run.peakMemoryBytes < 1.5e9, `${String(run.peakMemoryBytes)} bytes`);

      const second = await runCli('transfer', [
        ...SHORT,
        '--threads',
        '1',
        '--out',
        join(folder, 'b'),
      ]);
      assert.equal(second.code, 0, second.stderr);
      assert.deepEqual(await readFile(join(folder, 'b/transfer.png')), transfer);
      assert.match(run.hash, /^[0-9a-f]{64}$/);
      assert.equal((await readRun(join(folder, 'b'))).hash, run.hash);
      const other = await runCli('transfer', [...SHORT, '--seed', '7', '--out', join(folder, 'c')]);
      assert.equal(other.code, 0, other.stderr);
      assert.notDeepEqual(await readFile(join(folder, 'c/transfer.png')), transfer);
      assert.notEqual((await readRun(join(folder, 'c'))).hash, run.hash);
    });
  });

  it('writes what the branches give back when asked to', async () => {
    await withFolder(async (out) => {
      const plain = await runCli('transfer', [...SHORT, '--preset', 'consistent', '--out', out]);
      assert.equal(plain.code, 0, plain.stderr);
      const seen = await readFile(join(out, 'structure.png'));
      const { unet } = await readRun(out);
      const result = await runCli('transfer', [
        ...SHORT,
        '--preset',
        'consistent',
        '--branches',
        '--out',
        out,
      ]);
      assert.equal(result.code, 0, result.stderr);
      const given = await readFile(join(out, 'structure.png'));
      assert.notDeepEqual(given, seen);
      const [a, b] = [decodePicture('seen', seen).data, decodePicture('given', given).data];
      const distance =
        a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
      assert.ok(distance < 12, `the branch is ${String(distance)} levels away from its picture`);
      assert.ok((await readRun(out)).unet.sampleForwards > unet.sampleForwards);
    });
  });

  it('runs on what a browser without WebGPU runs, with the same hash in two processes', async () => {
    await withFolder(async (out) => {
      const hashes: string[] = [];
      for (let process = 0; process < 2; process++) {
        const options = [...SHORT, '--ep', 'wasm', '--threads', '2', '--out', out];
        const result = await runCli('transfer', options);
        assert.equal(result.code, 0, result.stderr);
        const { provider, hash } = await readRun(out);
        assert.equal(provider, 'wasm');
        hashes.push(hash);
      }
      assert.match(hashes[0] ?? '', /^[0-9a-f]{64}$/);
      assert.equal(hashes[0], hashes[1]);
    });
  });

  it('refuses with one line what it cannot do, and writes nothing', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'out');
      const notes = join(folder, 'notes.png');
      await writeFile(notes, 'these are notes');
      const cases: readonly (readonly [readonly string[], RegExp, number])[] = [
        [['--structur', 'a.png'], /no option --structur\. Did you mean --structure\?/, 2],
        [
          ['--structure', notes, '--appearance', 'no.png', '--out', out],
          /“no.png”.*|neither a PNG/,
          1,
        ],
        [
          [...SHORT, '--out', out, '--model', 'package.json'],
          /not weights; choose the \.safetensors file/,
          1,
        ],
      ];
      for (const [args, message, code] of cases) {
        const result = await runCli('transfer', args);
        assert.match(result.stderr, message);
        assert.equal(result.code, code, result.stderr);
      }
      assert.deepEqual(await readdir(folder), ['notes.png']);
    });
  });

  it('reads its options strictly', () => {
    const full = [...PICTURES, '--out', 'out'];
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [PICTURES, /--out is needed/],
      [['--out', 'out'], /--structure is needed/],
      [[...full, '--preset', 'best'], /--preset takes official, paper, consistent, not “best”/],
      [[...full, '--ep', 'gpu'], /--ep takes cpu, wasm/],
      [[...full, '--seed', 'x'], /--seed takes a whole number/],
      [[...full, '--steps', '10', '--skip', '10'], /--skip takes a whole number from 0 to 9/],
    ];
    for (const [args, message] of cases) assert.throws(() => readTransferOptions(args), message);
    assert.equal(readTransferOptions(['--help']), 'help');
  });
});
