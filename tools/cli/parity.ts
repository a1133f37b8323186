import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadCheckpoint } from '../../src/runtime/node/load-checkpoint.js';
import type { Row } from './parity/row.js';
import { arithmeticSuites, networkSuites, type Suite } from './parity/suites.js';

const USAGE = `Usage: npm run -s parity -- DIRECTORY

Compares Crossweave with recorded tensors of the reference implementation: one row per case with the largest
error, the tolerance and the verdict. What is not in the directory is left out and named. The networks are read
from DIRECTORY/model/diffusers.`;

function line(suite: string, { name, error, kind, tolerance, passed }: Row): string {
  const verdict = passed ? 'pass' : 'FAIL';
  const numbers = `${error.toExponential(2).padStart(9)} ${kind} <= ${String(tolerance)}`;
  return `${verdict}  ${suite.padEnd(21)} ${name.padEnd(64)} ${numbers}`;
}

/** Prints the rows of a suite; a suite that throws is one failed row. Returns the rows. */
async function report({ name, rows }: Suite): Promise<readonly boolean[]> {
  try {
    const found = await rows();
    if (!found) {
      console.log(`skip  ${name}: not recorded here`);
      return [];
    }
    for (const row of found) console.log(line(name, row));
    return found.map(({ passed }) => passed);
  } catch (error) {
    console.log(
      `FAIL  ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return [false];
  }
}

/** Every suite of a directory; the checkpoint is freed at the end. */
async function runAll(directory: string): Promise<readonly boolean[]> {
  const verdicts: boolean[] = [];
  for (const suite of await arithmeticSuites(directory)) verdicts.push(...(await report(suite)));
  const model = join(directory, 'model', 'diffusers');
  if (!existsSync(model)) {
    console.log(`skip  everything that needs the networks: there is no ${model}`);
    return verdicts;
  }
  const checkpoint = await loadCheckpoint(model);
  for (const suite of await networkSuites(directory, checkpoint)) {
    verdicts.push(...(await report(suite)));
  }
  checkpoint.dispose();
  return verdicts;
}

async function main(): Promise<number> {
  const directory = process.argv[2];
  if (directory === undefined || !existsSync(directory)) {
    console.error(
      directory === undefined ? USAGE : `There is no directory ${directory}.\n\n${USAGE}`,
    );
    return 2;
  }
  const started = performance.now();
  const verdicts = await runAll(directory);
  const failed = verdicts.filter((passed) => !passed).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${String(verdicts.length - failed)} passed, ${String(failed)} failed in ${seconds} s`,
  );
  return failed === 0 && verdicts.length > 0 ? 0 : 1;
}

process.exitCode = await main();
