import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../headless/command.js';
import type { Row } from './rows.js';
import type { PairRun } from './run-pair.js';
import { tellProgress } from './progress.js';
import type { Scores } from './summary.js';

/** A pair's scores by row, and the network's work for them. */
export interface Scored {
  readonly scores: ReadonlyMap<Row, Scores>;
  readonly unet: PairRun['unet'];
}

/** The pairs that one of several processes makes: every `count`-th from `index` on. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** One finished pair as a process tells another. */
export interface ScoredLine {
  readonly pair: number;
  readonly scores: readonly (readonly [Row, Scores])[];
  readonly unet: PairRun['unet'];
}

/** Reads `index/count`. @throws UsageError. */
export function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (index === undefined || count === undefined || Number(index) >= Number(count))
    throw new UsageError(`--shard takes such as 0/2, not “${text}”.`);
  return { index: Number(index), count: Number(count) };
}

/** Makes the pairs of a shard and prints each as a line of JSON. Stops when asked to, without the pair under way. */
export async function printScored(
  pairs: readonly (() => Promise<Scored>)[],
  { index, count }: Shard,
  signal: AbortSignal,
): Promise<void> {
  for (let pair = index; pair < pairs.length && !signal.aborted; pair += count) {
    const scored = await pairs[pair]?.().catch(unlessStopped(signal));
    if (scored) console.log(JSON.stringify({ pair, ...scored, scores: [...scored.scores] }));
  }
}

/** Takes an error for nothing when the user asked to stop, which is what it comes from. */
export function unlessStopped(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}

/**
 * Makes all pairs in `count` processes that are called as this one was; results in the order of the pairs. Those that were
 * finished when the user stops: this process, or only the others. @throws Error with what a process said when it failed.
 */
export async function inShards(
  args: readonly string[],
  count: number,
  pairs: number,
  signal: AbortSignal,
): Promise<readonly Scored[]> {
  const lines: ScoredLine[] = [];
  const take = (line: ScoredLine): void => {
    lines.push(line);
    tellProgress(lines.length, pairs);
  };
  const shards = Array.from({ length: count }, (_unused, index) =>
    runShard([...args, '--shard', `${String(index)}/${String(count)}`], take, signal),
  );
  await Promise.all(shards);
  return lines
    .sort((a, b) => a.pair - b.pair)
    .map(({ scores, unet }) => ({ scores: new Map(scores), unet }));
}

function runShard(
  args: readonly string[],
  take: (line: ScoredLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const script = fileURLToPath(new URL('../evaluate.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Not SIGINT: a terminal sends that to all of them by itself, and a second one would end a process at once.
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  let text = '';
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (text + chunk.toString()).split('\n');
    text = parts.pop() ?? '';
    for (const line of parts) take(JSON.parse(line) as ScoredLine);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (code === 0 || code === 130 || code === null) resolve();
      else reject(new Error(said.trim()));
    });
  });
}
