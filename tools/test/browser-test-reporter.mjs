// @ts-check
import { reportCounts } from './counts.mjs';

/**
 * @typedef {import('@web/test-runner').TestSession} TestSession
 * @typedef {import('@web/test-runner').TestSuiteResult} TestSuiteResult
 * @typedef {import('@web/test-runner').TestResult} TestResult
 */

/**
 * Tells web-test-runner's counts to whoever started it. A test file that does not load, or breaks outside its tests,
 * counts as one failure.
 * @returns {import('@web/test-runner').Reporter}
 */
export function countReporter() {
  return {
    stop({ sessions }) {
      let passed = 0;
      let failed = 0;
      for (const session of sessions) {
        const tests = testsOf(session.testResults).filter(({ skipped }) => !skipped);
        const broken = tests.filter((test) => !test.passed).length;
        passed += tests.length - broken;
        failed += broken;
        if (broken === 0 && (!session.passed || tests.length === 0)) failed += 1;
      }
      reportCounts({ passed, failed });
    },
  };
}

/**
 * @param {TestSuiteResult | undefined} suite
 * @returns {TestResult[]}
 */
function testsOf(suite) {
  return suite === undefined ? [] : [...suite.tests, ...suite.suites.flatMap(testsOf)];
}
