// @ts-check
import { relative } from 'node:path';
import { defaultReporter } from '@web/test-runner';
import { COUNTS_FILE, reportCounts } from './counts.mjs';

/**
 * @typedef {import('@web/test-runner').TestSession} TestSession
 * @typedef {import('@web/test-runner').TestSuiteResult} TestSuiteResult
 * @typedef {import('@web/test-runner').TestResult} TestResult
 */

/**
 * The reporters of the browser tests: counts for whoever started them, and, as a part of the whole test, only what
 * failed; alone, web-test-runner's own report.
 * @returns {import('@web/test-runner').Reporter[]}
 */
export function browserTestReporters() {
  return process.env[COUNTS_FILE] === undefined
    ? [defaultReporter({ reportTestProgress: process.stdout.isTTY }), countReporter()]
    : [failureReporter(), countReporter()];
}

/**
 * Tells the counts. A test file that does not load, or breaks outside its tests, counts as one failure.
 * @returns {import('@web/test-runner').Reporter}
 */
function countReporter() {
  return {
    stop({ sessions }) {
      let passed = 0;
      let failed = 0;
      for (const session of sessions) {
        const tests = testsOf(session.testResults).filter(({ test }) => !test.skipped);
        const broken = tests.filter(({ test }) => !test.passed).length;
        passed += tests.length - broken;
        failed += broken;
        if (broken === 0 && (!session.passed || tests.length === 0)) failed += 1;
      }
      reportCounts({ passed, failed });
    },
  };
}

/**
 * Prints every failed test with its file and title, and what kept a file from running.
 * @returns {import('@web/test-runner').Reporter}
 */
function failureReporter() {
  return {
    stop({ sessions }) {
      for (const { testFile = '', testResults, errors } of sessions) {
        const file = relative(process.cwd(), testFile);
        for (const error of errors) console.log(`${file}\n${describe(error)}`);
        for (const { test, title } of testsOf(testResults)) {
          if (!test.passed && !test.skipped) {
            console.log(`${file}: ${title}\n${describe(test.error ?? { message: 'failed' })}`);
          }
        }
      }
    },
  };
}

/**
 * @param {import('@web/test-runner').TestResultError} error
 * @returns {string}
 */
function describe({ message, stack, expected, actual }) {
  const values = expected === undefined ? '' : `\n  expected ${expected}\n  actual ${actual}`;
  return `  ${message ?? ''}${values}\n${stack ?? ''}`.trimEnd();
}

/**
 * @param {TestSuiteResult | undefined} suite
 * @param {string} [prefix]
 * @returns {{ readonly test: TestResult, readonly title: string }[]}
 */
function testsOf(suite, prefix = '') {
  if (suite === undefined) return [];
  const name = `${prefix}${suite.name} `.trimStart();
  return [
    ...suite.tests.map((test) => ({ test, title: name + test.name })),
    ...suite.suites.flatMap((inner) => testsOf(inner, name)),
  ];
}
