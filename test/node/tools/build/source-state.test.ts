import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { isBuildCurrent, recordBuild, sourceState } from '../../../../tools/build/source-state.js';

describe('sourceState', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'crossweave-build-'));
    const files = [
      'src/app/main.ts',
      'src/old.ts',
      'nodes/index.ts',
      'graphs/graph.json',
      'public/index.html',
      'tools/build/plugin.mjs',
      'rollup.config.mjs',
      'tsconfig.json',
      'package-lock.json',
      'build/run-worker.js',
    ];
    for (const file of files) await write(file, 'text');
  });

  afterEach(() => rm(root, { recursive: true }));

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }

  it('calls a build current only when it was recorded and is there', async () => {
    assert.equal(isBuildCurrent(root), false);
    recordBuild(root, sourceState(root));
    assert.equal(isBuildCurrent(root), true);
    await rm(join(root, 'build'), { recursive: true });
    assert.equal(isBuildCurrent(root), false);
  });

  it('changes when a source is edited, added or deleted', async () => {
    const states = new Set([sourceState(root)]);
    await write('src/app/main.ts', 'other text');
    states.add(sourceState(root));
    await write('nodes/new.ts', 'text');
    states.add(sourceState(root));
    await rm(join(root, 'src/old.ts'));
    states.add(sourceState(root));
    assert.equal(states.size, 4);
  });

  it('stays when only the build or a result changes', async () => {
    const state = sourceState(root);
    await write('build/main.js', 'built');
    await write('out/transfer.png', 'picture');
    assert.equal(sourceState(root), state);
  });
});
