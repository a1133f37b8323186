/** One step of the whole test: an npm script, which runs alone as well. */
export interface Step {
  /** The name of the script in package.json. */
  readonly script: string;
  /** Whether it reports counts of its own; any other step counts as one. */
  readonly isRunner?: true;
  /** Whether it needs a Chromium. */
  readonly needsBrowser?: true;
  /** The script that must have passed before. */
  readonly after?: string;
}

/**
 * All steps in the order in which two lanes take them: what others wait for first, then the browser on the built page
 * beside what needs one core, then the long ones, so that both cores are busy to the end.
 */
export const STEPS: readonly Step[] = [
  { script: 'build' },
  { script: 'lint' },
  { script: 'test:e2e', isRunner: true, needsBrowser: true, after: 'build' },
  { script: 'types' },
  { script: 'format:check' },
  { script: 'arch' },
  { script: 'dead' },
  { script: 'size', after: 'build' },
  { script: 'test:unit', isRunner: true, needsBrowser: true },
  { script: 'test:node', isRunner: true },
];
