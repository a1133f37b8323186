import { createHash } from 'node:crypto';
import { mkdirSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Everything that the bundle is made from. */
const SOURCES = [
  'src',
  'nodes',
  'graphs',
  'public',
  'tools/build',
  'rollup.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

const RECORD = '.cache/build-sources';

/** A key of the names, sizes and dates of all sources of the build: another key, another build. */
export function sourceState(root: string): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) visit(join(root, source));
  return hash.digest('hex');

  function visit(path: string): void {
    const info = statSync(path);
    if (info.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else {
      hash.update(`${path}\0${info.size}\0${info.mtimeMs}\n`);
    }
  }
}

/** Whether build/ holds a whole build of these very sources. */
export function isBuildCurrent(root: string): boolean {
  const record = join(root, RECORD);
  return (
    existsSync(join(root, 'build/run-worker.js')) &&
    existsSync(record) &&
    readFileSync(record, 'utf8') === sourceState(root)
  );
}

/** Remembers that build/ was made from sources in this state. */
export function recordBuild(root: string, state: string): void {
  const record = join(root, RECORD);
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, state);
}
