import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { loadCheckpoint } from '../../../src/runtime/node/load-checkpoint.js';
import { arithmeticSuites, networkSuites, type Suite } from '../../../tools/cli/parity/suites.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/goldens', import.meta.url));

/** Fails with every row of a suite that is out of tolerance. */
async function requireParity({ name, rows }: Suite): Promise<void> {
  const found = await rows();
  assert.ok(found && found.length > 0, `${name} was compared`);
  assert.deepEqual(
    found.filter(({ passed }) => !passed),
    [],
  );
}

describe('arithmetic equals the reference implementation', async () => {
  for (const suite of await arithmeticSuites(FIXTURES)) {
    it(`${suite.name}: every recorded case is within its tolerance`, () => requireParity(suite));
  }
});

describe('the networks and whole runs equal the reference implementation', async () => {
  const checkpoint = await loadCheckpoint(`${FIXTURES}/model/diffusers`);
  after(() => {
    checkpoint.dispose();
  });
  for (const suite of await networkSuites(FIXTURES, checkpoint)) {
    it(`${suite.name}: every recorded case is within its tolerance`, () => requireParity(suite));
  }
});

describe('npm run parity', () => {
  const run = promisify(execFile);
  const cli = fileURLToPath(new URL('../../../tools/cli/parity.ts', import.meta.url));
  const parity = (...args: readonly string[]) =>
    run(process.execPath, ['--import', 'tsx', cli, ...args]);

  it('ends with code 2 and says what it takes when there is no directory', async () => {
    await assert.rejects(
      parity('no-such-directory'),
      (error: { code: number; stderr: string }) =>
        error.code === 2 && error.stderr.includes('Usage: npm run -s parity'),
    );
  });

  it('ends with code 1 when nothing could be compared', async () => {
    await assert.rejects(
      parity(fileURLToPath(new URL('.', import.meta.url))),
      (error: { code: number; stdout: string }) =>
        error.code === 1 && error.stdout.includes('skip  schedule: not recorded here'),
    );
  });
});
