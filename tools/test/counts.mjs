// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * How many tests of a runner, or of all, passed and failed.
 * @typedef {{ readonly passed: number, readonly failed: number }} Counts
 */

/** The environment variable that names the file into which a test runner writes its counts. */
export const COUNTS_FILE = 'CROSSWEAVE_COUNTS';

/**
 * The line that every whole run closes with.
 * @param {Counts} counts
 * @returns {string}
 */
export function closingLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

/**
 * Hands a runner's counts to whoever started it: through the file that `CROSSWEAVE_COUNTS` names, else as the closing
 * line on standard output.
 * @param {Counts} counts
 * @returns {void}
 */
export function reportCounts({ passed, failed }) {
  const file = process.env[COUNTS_FILE];
  if (file === undefined) console.log(closingLine({ passed, failed }));
  else writeFileSync(file, JSON.stringify({ passed, failed }));
}

/**
 * The counts of a runner that ended with `exitCode`. A runner that left none, ran no test, or failed without a failed
 * test counts one failure, so that nothing that went wrong is lost from the sum.
 * @param {string} file
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countsOf(file, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  /** @type {Counts} */
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
  const ranNothing = passed + failed === 0;
  const failedElsewhere = exitCode !== 0 && failed === 0;
  return { passed, failed: ranNothing || failedElsewhere ? failed + 1 : failed };
}
