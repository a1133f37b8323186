import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { decode } from 'fast-png';
import { drawCreature } from '../../../src/creatures/creature.js';
import { recipeOf } from '../../../src/creatures/recipe.js';

const folder = mkdtempSync(join(tmpdir(), 'creatures-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'tools/creatures/main.ts', ...args], {
    encoding: 'utf8',
  });
}

test('pictures, part maps and captions are written, named by their seeds', () => {
  const { status, stderr } = run('--count', '3', '--seed', '41', '--size', '48', '--out', folder);
  assert.equal(status, 0, stderr);
  const names = ['creature-000041', 'creature-000042', 'creature-000043'];
  assert.deepEqual(
    readdirSync(join(folder, 'parts')).sort(),
    names.map((name) => `${name}.png`),
  );
  const { captions } = JSON.parse(readFileSync(join(folder, 'captions.json'), 'utf8')) as {
    captions: Record<string, string>;
  };
  assert.deepEqual(Object.keys(captions), names);
  const expected = drawCreature(recipeOf(42), 48);
  const picture = decode(readFileSync(join(folder, 'creature-000042.png')));
  assert.deepEqual(Uint8Array.from(picture.data), expected.rgb);
  assert.equal(captions['creature-000042'], expected.caption);
});

test('a raw file holds colours and labels of one creature after the other', () => {
  const file = join(folder, 'some.raw');
  const { status, stderr } = run('--count', '2', '--seed', '5', '--size', '32', '--raw', file);
  assert.equal(status, 0, stderr);
  const bytes = readFileSync(file);
  const { rgb, parts } = drawCreature(recipeOf(6), 32);
  assert.equal(bytes.length, 2 * 32 * 32 * 4);
  const second = bytes.subarray(32 * 32 * 4);
  assert.deepEqual(Uint8Array.from(second.subarray(0, rgb.length)), rgb);
  assert.deepEqual(Uint8Array.from(second.subarray(rgb.length)), parts);
});

test('arguments that make no sense are refused with the option and the remedy', () => {
  const cases = [
    { args: ['--count', 'many', '--out', folder], says: /--count: "many" is not a whole number/ },
    { args: ['--size', '7', '--out', folder], says: /--size: "7"/ },
    { args: ['--seed', '-3', '--out', folder], says: /--seed|argument/ },
    { args: [], says: /Give exactly one place/ },
    { args: ['--out', folder, '--raw', 'x'], says: /More than one/ },
    { args: ['--colour', 'red'], says: /--colour/ },
  ];
  for (const { args, says } of cases) {
    const { status, stderr } = run(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, says);
  }
});

test('a place that cannot be written to ends in a sentence', () => {
  const { status, stderr } = run('--count', '1', '--out', '/dev/null/inside');
  assert.equal(status, 1);
  assert.match(stderr, /could not be written/);
});
