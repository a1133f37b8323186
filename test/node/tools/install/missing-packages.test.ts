import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { missingPackages } from '../../../../tools/install/missing-packages.mjs';

const LOCK = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'y' },
    'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'z', optional: true },
  },
};

describe('missingPackages', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'crossweave-install-'));
    await write('package-lock.json', LOCK);
  });

  afterEach(() => rm(root, { recursive: true }));

  async function write(path: string, content: unknown): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), JSON.stringify(content));
  }

  async function installAll(): Promise<void> {
    const { 'node_modules/only-elsewhere': _, ...packages } = LOCK.packages;
    await write('node_modules/.package-lock.json', { packages });
    await write('node_modules/a/package.json', {});
    await write('node_modules/a/node_modules/b/package.json', {});
  }

  it('names all packages that this machine needs when there are none', () => {
    assert.deepEqual(missingPackages(root), ['a', 'b']);
  });

  it('finds nothing missing in a whole installation, packages for other machines aside', async () => {
    await installAll();
    assert.deepEqual(missingPackages(root), []);
  });

  it('names a package whose folder is gone', async () => {
    await installAll();
    await rm(join(root, 'node_modules/a/node_modules/b'), { recursive: true });
    assert.deepEqual(missingPackages(root), ['b']);
  });

  it('names a package that the lock has moved to another version', async () => {
    await installAll();
    const moved = { ...LOCK.packages, 'node_modules/a': { version: '1.1.0', integrity: 'w' } };
    await write('package-lock.json', { packages: moved });
    assert.deepEqual(missingPackages(root), ['a']);
  });
});
