import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RollupOptions, rollup } from 'rollup';
import { listShellFiles } from './list-shell-files.js';
import { writePolicy } from './write-policy.js';
import { isBuildCurrent, recordBuild, sourceState } from './source-state.js';

/**
 * Makes build/ from the sources as rollup.config.mjs says. Rejects with rollup's own error, which names the file, when
 * a source does not build.
 */
export async function build(root: string): Promise<void> {
  const state = sourceState(root);
  const config = (await import(pathToFileURL(join(root, 'rollup.config.mjs')).href)) as {
    readonly default: readonly RollupOptions[];
  };
  for (const options of config.default) {
    const bundle = await rollup(options);
    for (const output of [options.output ?? []].flat()) await bundle.write(output);
    await bundle.close();
  }
  await writePolicy(join(root, 'build'));
  await listShellFiles(join(root, 'build'));
  recordBuild(root, state);
}

/** Makes build/ unless it was made from these very sources. Returns whether it was made. */
export async function buildIfStale(root: string): Promise<boolean> {
  if (isBuildCurrent(root)) return false;
  await build(root);
  return true;
}
