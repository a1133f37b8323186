import { appendFile, readFile, truncate } from 'node:fs/promises';
import { UsageError } from '../headless/command.js';
import { checkOutputFile } from './output-file.js';
import type { Scored, ScoredLine } from './shards.js';

/** A finished pair in the file, with what it was made with. */
interface KeptLine extends ScoredLine {
  readonly about: string;
}

/**
 * The same pairs, of which those that the file holds are not made again, and each that is made is added to the file. Only pairs
 * that were made with the same settings, told by `about`, are taken. The file is made when the first pair is finished.
 * @throws UsageError when the file cannot be read as pairs, which leaves it as it is, or cannot be written.
 */
export async function resumed(
  pairs: readonly (() => Promise<Scored>)[],
  path: string,
  about: string,
): Promise<readonly (() => Promise<Scored>)[]> {
  await checkOutputFile('resume', path);
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
  const isOurs = cut.startsWith(BEGINNING) || BEGINNING.startsWith(cut);
  const kept = lines.map(keptLine);
  if (!isOurs || kept.includes(undefined))
    throw new UsageError(`--resume takes a file that evaluate wrote; “${path}” is another.`);
  if (cut !== '') await truncate(path, Buffer.byteLength(text) - Buffer.byteLength(cut));
  return kept.filter((line) => line !== undefined);
}

/** How every line begins. */
const BEGINNING = '{"about":"';

/** A line as it was written; undefined when it is none. */
function keptLine(text: string): KeptLine | undefined {
  if (!text.startsWith(BEGINNING)) return undefined;
  let line: Readonly<Record<string, unknown>>;
  try {
    line = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  const { pair, unet, scores } = line;
  const isWhole = Number.isInteger(pair) && typeof unet === 'object' && unet !== null;
  const isScored = Array.isArray(scores) && scores.every((score) => Array.isArray(score));
  // What begins as our lines do and has their parts was written by evaluate.
  return isWhole && isScored ? (line as unknown as KeptLine) : undefined;
}
