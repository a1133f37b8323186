import { presetNames } from '../../src/diffusion/presets.js';
import { evaluatePair, type PairResult } from '../creatures/evaluate-pair.js';
import { evaluateFiles, pairsOfFolders } from './evaluate/folders.js';
import { ABLATION_ROWS, BEYOND_ROWS, FEW_STEPS_ROW, ROWS, type Row } from './evaluate/rows.js';
import { checkOutputFile } from './evaluate/output-file.js';
import { tellProgress } from './evaluate/progress.js';
import { resumed } from './evaluate/resume.js';
import type { PairSettings } from './evaluate/run-pair.js';
import { writeSheet } from './evaluate/sheet.js';
import { inShards, printScored, shardOf, unlessStopped, type Scored } from './evaluate/shards.js';
import { differencesTo, summaryOf, type Scores } from './evaluate/summary.js';
import { tableOf } from './evaluate/table.js';
import { parseOptions, runCommand, UsageError, wholeNumber } from './headless/command.js';

const USAGE = `Scores transfers and prints a table: means over pairs with 95 % intervals.

  evaluate -- [--pairs N] [--seed K]                  between creatures, whose parts are known; pair i has seeds K + 2i, K + 2i + 1
  evaluate -- --structures DIR --appearances DIR      between your own pictures, paired by the order of their names

  --ablate        also the rows of the ablation (keys and values alone, + contrast, + AdaIN), and the full method with one
                  thing done otherwise, such as renormalised contrast or own keys beside: see docs/beyond-the-paper.md
  --rows A,B      only these rows: ${ROWS.join(', ')}
  --model M       a model of the library, a folder, a file        --preset P   ${presetNames.join(', ')}
  --steps N       fewer steps, the schedule scaled with them      --prompt T, --noun W   for your own pictures
  --jobs N        processes that share the pairs, each on one thread; 1, or with --sheet, keeps to this process
  --resume FILE   keeps finished pairs in FILE and makes only those that it lacks (same settings; one file for one model's weights)
  --json          prints JSON, also what rows differ by from the full method pair by pair
  --sheet FILE    also the pictures, as a PNG (creatures)

Without them, N is 20, K is 1000000, M is creatures and P is official.`;

type Values = ReturnType<typeof parsed>;

function parsed(args: readonly string[]) {
  return parseOptions({
    args: [...args],
    options: {
      pairs: { type: 'string' },
      seed: { type: 'string', default: '1000000' },
      steps: { type: 'string' },
      model: { type: 'string', default: 'creatures' },
      preset: { type: 'string', default: 'official' },
      prompt: { type: 'string' },
      noun: { type: 'string' },
      rows: { type: 'string' },
      ablate: { type: 'boolean', default: false },
      structures: { type: 'string' },
      appearances: { type: 'string' },
      jobs: { type: 'string' },
      shard: { type: 'string' },
      resume: { type: 'string' },
      json: { type: 'boolean', default: false },
      sheet: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function rowsOf({ rows, ablate }: Values): readonly Row[] {
  if (rows === undefined) {
    const further: readonly Row[] = [...ABLATION_ROWS, ...BEYOND_ROWS, FEW_STEPS_ROW];
    return ROWS.filter((row) => ablate || !further.includes(row));
  }
  const asked = rows.split(',');
  const unknown = asked.find((name) => !ROWS.some((row) => row === name));
  if (unknown !== undefined)
    throw new UsageError(`--rows takes ${ROWS.join(', ')}, not “${unknown}”.`);
  return ROWS.filter((row) => asked.includes(row) || (ablate && row !== 'nothing'));
}

function settingsOf(values: Values, signal: AbortSignal): PairSettings {
  const steps = wholeNumber('steps', values.steps, 2, 1000);
  const preset = presetNames.find((name) => name === values.preset);
  if (!preset)
    throw new UsageError(`--preset is one of ${presetNames.join(', ')}, not “${values.preset}”.`);
  const { model, prompt, noun } = values;
  return {
    model,
    preset,
    signal,
    ...(steps !== undefined && { steps }),
    ...(prompt !== undefined && { prompt }),
    ...(noun !== undefined && { noun }),
  };
}

/** One function a pair, not yet called. */
async function pairsOf(
  values: Values,
  rows: readonly Row[],
  settings: PairSettings,
  keep: (result: PairResult) => void,
): Promise<readonly (() => Promise<Scored>)[]> {
  const { structures, appearances } = values;
  const asked = wholeNumber('pairs', values.pairs, 1, 10_000);
  const seed = wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER - 20_000) ?? 0;
  if ((structures === undefined) !== (appearances === undefined))
    throw new UsageError('--structures and --appearances go together: give a folder for each.');
  if (structures !== undefined && appearances !== undefined) {
    if (values.sheet !== undefined) throw new UsageError('--sheet is for creatures only.');
    const pairs = await pairsOfFolders(structures, appearances, asked ?? 10_000);
    return pairs.map((paths) => () => evaluateFiles(paths, rows, settings));
  }
  return Array.from({ length: asked ?? 20 }, (_unused, i) => async () => {
    const result = await evaluatePair([seed + 2 * i, seed + 2 * i + 1], rows, settings);
    keep(result);
    const scores = [...result.scores].map(([row, score]) => [row, { ...score }] as const);
    return { scores: new Map<Row, Scores>(scores), unet: result.unet };
  });
}

async function checkSheet(file: string): Promise<void> {
  await checkOutputFile('sheet', file);
  if (!/\.png$/i.test(file))
    throw new UsageError(`--sheet writes a PNG picture; “${file}” does not end in .png.`);
}

/** The pairs, without those that the file of --resume has. */
async function withKept(
  pairs: readonly (() => Promise<Scored>)[],
  values: Values,
  rows: readonly Row[],
): Promise<readonly (() => Promise<Scored>)[]> {
  if (values.resume === undefined) return pairs;
  if (values.sheet !== undefined) throw new UsageError('--resume keeps no pictures for --sheet.');
  const { model, preset, steps, seed, prompt, noun, structures, appearances } = values;
  const settings = { model, preset, steps, seed, prompt, noun, structures, appearances, rows };
  return resumed(pairs, values.resume, JSON.stringify(settings));
}

async function oneByOne(
  pairs: readonly (() => Promise<Scored>)[],
  signal: AbortSignal,
): Promise<readonly Scored[]> {
  const scored: Scored[] = [];
  for (const [i, score] of pairs.entries()) {
    if (signal.aborted) break;
    const one = await score().catch(unlessStopped(signal));
    if (one) scored.push(one);
    tellProgress(i + 1, pairs.length);
  }
  return scored;
}

/** `npm run -s evaluate`: scores transfers and prints a table, or JSON. */
async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const values = parsed(args);
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const rows = rowsOf(values);
  const jobs = wholeNumber('jobs', values.jobs, 1, 64) ?? 2;
  const shard = shardOf(values.shard);
  const settings = { ...settingsOf(values, signal), ...(shard && { threads: 1 }) };
  if (values.sheet !== undefined) await checkSheet(values.sheet);
  const kept: PairResult[] = [];
  const asked = await pairsOf(values, rows, settings, (result) => {
    if (values.sheet !== undefined) kept.push(result);
  });
  const pairs = await withKept(asked, values, rows);
  if (shard) {
    await printScored(pairs, shard, signal);
    return 0;
  }
  const began = performance.now();
  const processes = values.sheet === undefined ? Math.min(jobs, pairs.length) : 1;
  const scored: readonly Scored[] =
    processes > 1
      ? await inShards(args, processes, pairs.length, signal)
      : await oneByOne(pairs, signal);
  const secondsPerPair = (performance.now() - began) / 1000 / Math.max(1, scored.length);
  if (values.sheet !== undefined) writeSheet(values.sheet, kept, rows);
  const scores = scored.map((one) => one.scores);
  const table = summaryOf(rows, scores);
  const forwards = scored.reduce((sum, { unet }) => sum + unet.forwardEquivalents, 0);
  const forwardsPerPair = Math.round((10 * forwards) / Math.max(1, scored.length)) / 10;
  const { model, preset, steps } = settings;
  if (values.json) {
    const seed = Number(values.seed);
    const head = {
      pairs: scored.length,
      seed,
      model,
      preset,
      ...(steps !== undefined && { steps }),
    };
    const others = rows.filter((row) => row !== 'full');
    const againstFull = summaryOf(others, differencesTo('full', scores));
    const compared = rows.includes('full') && others.length > 0 && { againstFull };
    console.log(JSON.stringify({ ...head, forwardsPerPair, rows: table, ...compared }, null, 1));
  } else {
    console.log(
      `${String(scored.length)} pairs, ${model}, ${preset}, ${String(forwardsPerPair)} U-Net forwards and ${secondsPerPair.toFixed(1)} s a pair; mean [95 % interval]\n`,
    );
    console.log(tableOf(table));
  }
  return signal.aborted ? 130 : 0;
}

await runCommand(main);
