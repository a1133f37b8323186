import { spawn } from 'node:child_process';

/** How a child process ended. */
export interface ScriptOutcome {
  /** Its exit code; 1 when a signal ended it. */
  readonly code: number;
  readonly elapsedMs: number;
}

/**
 * Runs this Node on `args` in `root` with our own input and output, TypeScript included, and waits for its end.
 * Rejects when it cannot be started.
 */
export function runScript(root: string, args: readonly string[]): Promise<ScriptOutcome> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: root, stdio: 'inherit' })
      .once('error', reject)
      .once('exit', (code) => resolve({ code: code ?? 1, elapsedMs: performance.now() - began }));
  });
}
