import { appendFile, readFile, truncate } from 'node:fs/promises';
import { UsageError } from '../headless/command.js';
import type { Scored, ScoredLine } from './shards.js';

/** A finished pair in the file, with what it was made with. */
interface KeptLine extends ScoredLine {
  readonly about: string;
}

/**
 * The same pairs, of which those that the file holds are not made again, and each that is made is added to the file. Only pairs
 * that were made with the same settings, told by `about`, are taken. The file is made when the first pair is finished.
 * @throws UsageError when the file cannot be read as pairs.
 */
export async function resumed(
  pairs: readonly (() => Promise<Scored>)[],
  path: string,
  about: string,
): Promise<readonly (() => Promise<Scored>)[]> {
  const kept = new Map(
    (await readKept(path)).filter((line) => line.about === about).map((line) => [line.pair, line]),
  );
  return pairs.map((make, pair) => async () => {
    const line = kept.get(pair);
    if (line) return { scores: new Map(line.scores), unet: line.unet };
    const scored = await make();
    const added: KeptLine = { about, pair, unet: scored.unet, scores: [...scored.scores] };
    await appendFile(path, `${JSON.stringify(added)}\n`);
    return scored;
  });
}

async function readKept(path: string): Promise<readonly KeptLine[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw new UsageError(`--resume takes a file; “${path}” cannot be read.`);
  });
  const lines = text.split('\n');
  // A line without its end was being written when the run was cut.
  const cut = lines.pop() ?? '';
  if (cut !== '') await truncate(path, Buffer.byteLength(text) - Buffer.byteLength(cut));
  try {
    return lines.map((line) => JSON.parse(line) as KeptLine);
  } catch {
    throw new UsageError(`--resume takes a file that evaluate wrote; “${path}” is another.`);
  }
}
