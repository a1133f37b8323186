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
  const { start } = await import('./start/start.js');
  process.exitCode = await start(root, process.argv.slice(2));
} else {
  console.error(obstacle);
  process.exitCode = 1;
}
