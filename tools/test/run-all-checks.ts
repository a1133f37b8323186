import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTS_FILE, closingLine, countsOf } from './counts.mjs';
import type { Counts } from './counts.mjs';
import { type ChromiumFound, findChromium } from './find-chromium.js';
import { commandsOfLanes } from './lane-cores.js';
import { runInLanes } from './run-in-lanes.js';
import { runNpmScript } from './run-npm-script.js';
import { STEPS, type Step } from './steps.js';

const LANES = 2;

/**
 * Runs every step of the test in two lanes, each on cores of its own, prints one line for each as it ends and the whole output of those that
 * fail, goes on after a failure, and closes with the counts over all of them. Returns the exit code: 0 when nothing
 * failed.
 */
export async function runAllChecks(root: string): Promise<number> {
  const began = performance.now();
  const chromium = findChromium();
  const pins = commandsOfLanes(LANES);
  const folder = mkdtempSync(join(tmpdir(), 'crossweave-test-'));
  let passed = 0;
  let failed = 0;
  try {
    await runInLanes(STEPS, LANES, async (step, couldStart, lane) => {
      const counts = couldStart
        ? await runStep(root, step, chromium, folder, pins[lane] ?? [])
        : refuseStep(step, `${step.after ?? ''} failed.`);
      passed += counts.passed;
      failed += counts.failed;
      return counts.failed === 0;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`\nAll steps took ${seconds(performance.now() - began)}.`);
  console.log(closingLine({ passed, failed }));
  return failed === 0 ? 0 : 1;
}

async function runStep(
  root: string,
  step: Step,
  chromium: ChromiumFound,
  folder: string,
  pin: readonly string[],
): Promise<Counts> {
  if (step.needsBrowser && 'problem' in chromium) return refuseStep(step, chromium.problem);
  const countsFile = join(folder, `${step.script.replace(':', '-')}.json`);
  const env = {
    ...process.env,
    [COUNTS_FILE]: countsFile,
    ...('path' in chromium && { CHROMIUM_PATH: chromium.path }),
  };
  const { code, output, elapsedMs } = await runNpmScript(root, step.script, env, pin);
  const counts = step.isRunner
    ? countsOf(countsFile, code)
    : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const tests = step.isRunner ? `  ${counts.passed} of ${counts.passed + counts.failed}` : '';
  const mark = counts.failed === 0 ? '✓' : '✗';
  console.log(`${mark} ${step.script.padEnd(13)}${seconds(elapsedMs).padStart(8)}${tests}`);
  if (counts.failed > 0) console.log(indent(output));
  return counts;
}

function refuseStep(step: Step, reason: string): Counts {
  console.log(`✗ ${step.script.padEnd(13)} not run: ${reason}`);
  return { passed: 0, failed: 1 };
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '    ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
