import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STEPS } from '../../../../tools/test/steps.js';

const PROJECT = fileURLToPath(new URL('../../../..', import.meta.url));

const MIXED = `
  import { describe, it } from 'node:test';
  describe('suite', () => {
    it('passes', () => {});
    it('fails', () => { throw new Error('planted'); });
    it.skip('is skipped', () => {});
  });
  it('passes too', () => {});
`;

describe('the runner of the tests in Node', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'crossweave-node-tests-'));
    writeFileSync(join(folder, 'mixed.test.ts'), MIXED);
    writeFileSync(join(folder, 'broken.test.ts'), `throw new Error('planted');`);
  });
  after(() => rmSync(folder, { recursive: true }));

  function runTests(file: string): { readonly status: number | null; readonly counts: unknown } {
    const countsFile = join(folder, 'counts.json');
    rmSync(countsFile, { force: true });
    const { status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'tools/test/node-tests.ts', join(folder, file)],
      {
        cwd: PROJECT,
        // A runner inside a runner reports to the outer one unless it is told that it is alone.
        env: { ...process.env, CROSSWEAVE_COUNTS: countsFile, NODE_TEST_CONTEXT: undefined },
      },
    );
    const counts: unknown = existsSync(countsFile)
      ? JSON.parse(readFileSync(countsFile, 'utf8'))
      : undefined;
    return { status, counts };
  }

  it('counts tests, not suites and not what was skipped', () => {
    assert.deepEqual(runTests('mixed.test.ts'), { status: 1, counts: { passed: 2, failed: 1 } });
  });

  it('counts a file that breaks as a failure', () => {
    assert.deepEqual(runTests('broken.test.ts'), { status: 1, counts: { passed: 0, failed: 1 } });
  });
});

describe('the steps of npm test', () => {
  it('are scripts of package.json, each of which runs alone', () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    for (const { script } of STEPS) assert.ok(script in scripts, script);
  });
});
