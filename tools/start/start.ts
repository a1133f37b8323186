import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from '../build/build.js';
import { createFileServer } from '../serve/file-server.js';
import { listen } from '../serve/listen.js';
import { runScript } from './run-script.js';
import { parseStartOptions } from './start-options.js';

/**
 * What `npm start` does once its packages are there: builds when sources changed, does the main job once, then serves
 * the editor on this machine until it is stopped. Returns the exit code.
 */
export async function start(root: string, args: readonly string[]): Promise<number> {
  try {
    const options = parseStartOptions(args);
    await build(root);
    const code = await transferOnce(root);
    if (code === 0 && options.serve) await serve(root, options.port);
    return code;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

async function build(root: string): Promise<void> {
  const began = performance.now();
  if (await buildIfStale(root)) {
    console.log(`Built the editor in ${seconds(performance.now() - began)}.`);
  }
}

/** Shows that the main job works here: one transfer between two sample pictures, unless its result is there. */
async function transferOnce(root: string): Promise<number> {
  const result = join(root, 'out/transfer.png');
  if (existsSync(result)) return 0;
  console.log('First start: transferring the appearance of one sample picture onto another …');
  const { code, elapsedMs } = await runScript(root, [
    'tools/cli/graph.ts',
    'run',
    'graphs/appearance-transfer.json',
    '--out',
    'out',
  ]);
  if (code !== 0) return code;
  if (!existsSync(result)) throw new Error('The first transfer ended without out/transfer.png.');
  console.log(`Transferred in ${seconds(elapsedMs)}: out/transfer.png`);
  return 0;
}

async function serve(root: string, port: number): Promise<void> {
  const used = await listen(createFileServer(join(root, 'build')), port);
  if (port !== 0 && used !== port) console.log(`Port ${port} is taken.`);
  console.log(`Crossweave: http://127.0.0.1:${used}/  (Ctrl+C stops it)`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
