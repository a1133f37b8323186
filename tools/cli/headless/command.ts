import { parseArgs, type ParseArgsConfig } from 'node:util';
import { errorText } from './error-text.js';

/** A mistake in how a command was called: one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What asks a command to stop; a second one ends it at once. */
const STOPPING = ['SIGINT', 'SIGTERM'] as const;

/** Runs a command: its number becomes the exit code; what it throws becomes one line on stderr. */
export async function runCommand(
  main: (args: readonly string[], signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const stop = new AbortController();
  const onInterrupt = () => {
    stop.abort();
  };
  for (const name of STOPPING) process.once(name, onInterrupt);
  try {
    process.exitCode = await main(process.argv.slice(2), stop.signal);
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  } finally {
    for (const name of STOPPING) process.off(name, onInterrupt);
  }
}

/** `parseArgs`, strict, with a hint for options that do not exist. @throws UsageError. */
export function parseOptions<const Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs({ ...config, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const wrong = /'(--?[^'\s]+)/.exec(message)?.[1];
    const isUnknown =
      error instanceof Error && 'code' in error && String(error.code).endsWith('UNKNOWN_OPTION');
    if (!wrong || !isUnknown) throw new UsageError(message.split('. ')[0] ?? message);
    const near = nearest(wrong.replace(/^-+/, ''), Object.keys(config.options ?? {}));
    throw new UsageError(
      `There is no option ${wrong}.${near ? ` Did you mean --${near}?` : ' --help lists them.'}`,
    );
  }
}

/** A whole number from an option's text. @throws UsageError. */
export function wholeNumber(
  option: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(
    `--${option} takes a whole number from ${String(min)} to ${String(max)}, not “${text}”.`,
  );
}

/** The candidate with the fewest changed letters, if they are at most a third of the word. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates.map((candidate) => [distance(word, candidate), candidate] as const);
  const [best] = scored.sort(([a], [b]) => a - b);
  return best && best[0] <= Math.max(1, Math.ceil(word.length / 3)) ? best[1] : undefined;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
