// @ts-check
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install/install-packages.mjs';

// Runs before anything is installed: only what Node itself brings may be imported above this line.
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const obstacle = installPackages(root);
if (obstacle === undefined) {
  const { register } = await import('tsx/esm/api');
  register();
  const { runAllChecks } = await import('./test/run-all-checks.js');
  process.exitCode = await runAllChecks(root);
} else {
  console.error(obstacle);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
