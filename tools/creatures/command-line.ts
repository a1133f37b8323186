import { parseArgs } from 'node:util';
import { AppError } from '../../src/core/errors.js';
import { SIZE_LIMITS } from '../../src/creatures/creature.js';

/** What the command is asked to draw and where it goes. */
export interface CreatureCommand {
  readonly count: number;
  readonly seed: number;
  readonly size: number;
  readonly output:
    | { readonly kind: 'pictures'; readonly folder: string }
    | { readonly kind: 'raw'; readonly file: string }
    | { readonly kind: 'samples'; readonly folder: string };
}

/** How the command is used. */
export const USAGE = `Draws creatures: pictures, part maps and captions.

  creatures -- --count N --seed K --out DIR [--size S]   DIR/NAME.png, DIR/parts/NAME.png, DIR/captions.json
  creatures -- --count N --seed K --raw FILE [--size S]  packed RGB and labels for the trainer, FILE.json
  creatures -- --samples DIR [--size S]                  the pictures that ship with the project

Picture i has the seed K + i. Without them, N is 16, K is 1 and S is 128.`;

const MOST_CREATURES = 1_000_000;

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new AppError({
      code: 'input/invalid',
      input: `--${option}`,
      reason: `"${text}" is not a whole number from ${String(least)} to ${String(most)}.`,
      remedy: `Give --${option} such a number.`,
    });
  }
  return value;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        count: { type: 'string', default: '16' },
        seed: { type: 'string', default: '1' },
        size: { type: 'string', default: '128' },
        out: { type: 'string' },
        raw: { type: 'string' },
        samples: { type: 'string' },
      },
    }).values;
  } catch (cause) {
    throw new AppError(
      {
        code: 'input/invalid',
        input: 'arguments',
        reason: cause instanceof Error ? cause.message : String(cause),
        remedy: 'Use --count, --seed, --size and one of --out, --raw, --samples.',
      },
      { cause },
    );
  }
}

/** Reads the command's arguments. @throws AppError `input/invalid`, naming the option and the remedy. */
export function parseCommandLine(args: readonly string[]): CreatureCommand {
  const { count, seed, size, out, raw, samples } = parsed(args);
  const outputs: CreatureCommand['output'][] = [];
  if (out !== undefined) outputs.push({ kind: 'pictures', folder: out });
  if (raw !== undefined) outputs.push({ kind: 'raw', file: raw });
  if (samples !== undefined) outputs.push({ kind: 'samples', folder: samples });
  const [output] = outputs;
  if (output === undefined || outputs.length > 1) {
    throw new AppError({
      code: 'input/invalid',
      input: '--out, --raw, --samples',
      reason: `${outputs.length > 1 ? 'More than one' : 'None'} of the three was given.`,
      remedy: 'Give exactly one place to write to.',
    });
  }
  return {
    count: wholeNumber('count', count, 1, MOST_CREATURES),
    seed: wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER - MOST_CREATURES),
    size: wholeNumber('size', size, SIZE_LIMITS.least, SIZE_LIMITS.most),
    output,
  };
}
