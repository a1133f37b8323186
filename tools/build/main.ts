import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

// `npm run build`: makes build/ whether or not the sources changed.
const began = performance.now();
await build(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
console.log(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
