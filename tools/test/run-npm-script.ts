import { spawn } from 'node:child_process';

/** How a script ended and all that it said. */
export interface ScriptResult {
  readonly code: number;
  readonly output: string;
  readonly elapsedMs: number;
}

/** No step may hold up the whole test for longer. */
const TIMEOUT_MS = 20 * 60_000;

/**
 * Runs a script of package.json in `root`, and waits for it; ends it after twenty minutes. `prefix` is a command that
 * runs the command that follows it, with its arguments; none by default.
 */
export function runNpmScript(
  root: string,
  script: string,
  env: NodeJS.ProcessEnv,
  prefix: readonly string[] = [],
): Promise<ScriptResult> {
  const began = performance.now();
  const cli = process.env['npm_execpath'] ?? '';
  const npm = /npm-cli\.c?js$/.test(cli) ? [process.execPath, cli] : ['npm'];
  const [command, ...args] = [...prefix, ...npm, 'run', '--silent', script];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell: command === 'npm' && process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal !== null) output += `\nEnded by ${signal}.`;
      resolve({ code: code ?? 1, output, elapsedMs: performance.now() - began });
    });
  });
}
