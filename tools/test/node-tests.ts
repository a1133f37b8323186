import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { reportCounts } from './counts.mjs';

// `node --import tsx tools/test/node-tests.ts PATH…` runs the *.test.ts files at and under the paths, one after
// another, each in a process of its own, and reports the counts of the tests themselves.
const files = process.argv.slice(2).flatMap(findTests);
let passed = 0;
let failed = 0;

const events = run({ files, concurrency: 1 });
events.on('test:pass', (event) => {
  if (isTest(event) && event.skip === undefined && event.todo === undefined) passed++;
});
events.on('test:fail', (event) => {
  if (isTest(event) && event.todo === undefined) failed++;
});
events.once('end', () => {
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  setImmediate(() => reportCounts({ passed, failed }));
});
events.pipe(new spec()).pipe(process.stdout);

/** A suite that fails only because a test in it did is not counted once more. */
function isTest(event: { readonly details: { readonly type?: string | undefined } }): boolean {
  return event.details.type !== 'suite';
}

function findTests(path: string): string[] {
  if (path.endsWith('.test.ts')) return [resolve(path)];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => resolve(join(path, name)));
}
