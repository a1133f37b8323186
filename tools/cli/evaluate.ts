import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { parseOptions, runCommand, UsageError, wholeNumber } from './headless/command.js';
import { presetNames } from '../../src/diffusion/presets.js';
import { evaluatePair, ROWS, type PairResult, type PairScore } from '../creatures/evaluate-pair.js';

/** A mean over pairs with its 95 % interval (normal approximation). */
interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function interval(values: readonly number[]): Interval {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const half = 1.96 * Math.sqrt(variance / values.length);
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return { mean: rounded(mean), low: rounded(mean - half), high: rounded(mean + half) };
}

function summary(scores: readonly PairScore[]) {
  const masks = scores.flatMap(({ maskIoU }) => (maskIoU === undefined ? [] : [maskIoU]));
  return {
    structureIoU: interval(scores.map(({ structureIoU }) => structureIoU)),
    partCorrespondence: interval(scores.map(({ partCorrespondence }) => partCorrespondence)),
    ...(masks.length > 0 && { maskIoU: interval(masks) }),
  };
}

/** One line of pictures for each pair: structure, appearance, result. */
function writeSheet(file: string, results: readonly PairResult[]): void {
  const size = 128;
  const data = new Uint8Array(size * 3 * size * results.length * 3);
  results.forEach(({ structure, appearance, output }, row) => {
    [structure.rgb, appearance.rgb, output].forEach((rgb, column) => {
      for (let y = 0; y < size; y++) {
        const at = ((row * size + y) * 3 + column) * size * 3;
        data.set(rgb.subarray(y * size * 3, (y + 1) * size * 3), at);
      }
    });
  });
  writeFileSync(
    file,
    encode({ width: size * 3, height: size * results.length, data, channels: 3 }),
  );
}

/** Scores transfers between held-out creatures and prints a table as JSON. */
async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { values } = parseOptions({
    args: [...args],
    options: {
      pairs: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1000000' },
      steps: { type: 'string' },
      model: { type: 'string', default: 'creatures' },
      preset: { type: 'string', default: 'official' },
      rows: { type: 'string', default: ROWS.join(',') },
      sheet: { type: 'string' },
    },
  });
  const pairs = wholeNumber('pairs', values.pairs, 1, 10_000) ?? 1;
  const seed = wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER - 20_000) ?? 0;
  const steps = wholeNumber('steps', values.steps, 2, 1000);
  const preset = presetNames.find((name) => name === values.preset);
  if (!preset) throw new UsageError(`--preset is one of ${presetNames.join(', ')}.`);
  const asked = values.rows.split(',');
  const unknown = asked.find((name) => !ROWS.some((row) => row === name));
  if (unknown !== undefined)
    throw new UsageError(`--rows takes ${ROWS.join(', ')}, not “${unknown}”.`);
  const settings = { model: values.model, preset, ...(steps !== undefined && { steps }) };
  const rows: Record<string, unknown> = {};
  for (const row of ROWS.filter((name) => asked.includes(name))) {
    const results: PairResult[] = [];
    for (let i = 0; i < pairs && !signal.aborted; i++) {
      results.push(await evaluatePair([seed + 2 * i, seed + 2 * i + 1], row, settings));
    }
    rows[row] = summary(results.map(({ score }) => score));
    if (row === 'full' && values.sheet !== undefined) writeSheet(values.sheet, results);
  }
  console.log(JSON.stringify({ pairs, seed, ...settings, rows }, null, 1));
  return signal.aborted ? 1 : 0;
}

await runCommand(main);
