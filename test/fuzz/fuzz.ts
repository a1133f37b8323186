import fc from 'fast-check';
import { AppError } from '../../src/core/errors.js';
import type { Reader } from './readers.js';

/** What became of the inputs of one reader. */
export interface FuzzRow {
  readonly name: string;
  readonly cases: number;
  readonly read: number;
  readonly refused: number;
  /** Milliseconds of the slowest input. */
  readonly slowestMs: number;
  /** The first input that was answered by something else than an `AppError`, in words, with what replays it. */
  readonly failure?: string;
}

/** Longer than any input of these sizes may take, by far: what takes longer hangs. */
const HANG_MS = 10_000;

/**
 * Gives a reader inputs made from `seed` and counts what became of them. An input fails when it throws anything but an
 * `AppError`, hangs, or leaves a mark on the prototypes of objects, arrays, functions or strings.
 */
export async function fuzzReader(reader: Reader, cases: number, seed: number): Promise<FuzzRow> {
  const { name, inputs } = reader;
  const marks = prototypeKeys();
  let [done, refused, slowestMs] = [0, 0, 0];
  const property = fc.asyncProperty(inputs, async (input) => {
    const began = performance.now();
    try {
      await reader.read(input);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused++;
    }
    const elapsed = performance.now() - began;
    done++;
    slowestMs = Math.max(slowestMs, elapsed);
    if (elapsed > HANG_MS) throw new Error(`took ${String(Math.round(elapsed))} ms`);
    if (prototypeKeys() !== marks) throw new Error('changed a prototype');
  });
  const details = await fc.check(property, { numRuns: cases, seed, maxSkipsPerRun: 0 });
  const told = {
    name,
    cases: done,
    read: done - refused,
    refused,
    slowestMs: Math.round(slowestMs),
  };
  if (!details.failed) return told;
  const failure = [
    `${name}, seed ${String(seed)}, path ${details.counterexamplePath ?? ''}`,
    fc.stringify(details.counterexample).slice(0, 1500),
    details.errorInstance instanceof Error
      ? details.errorInstance.stack
      : String(details.errorInstance),
  ].join('\n');
  return { ...told, failure };
}

function prototypeKeys(): string {
  return [Object, Array, Function, String, Number, Map]
    .map(({ prototype }) => Reflect.ownKeys(prototype).length)
    .join();
}

/** The rows as a table, with their totals. */
export function fuzzTable(rows: readonly FuzzRow[]): string {
  const sum = (of: (row: FuzzRow) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const total: FuzzRow = {
    name: 'all',
    cases: sum((row) => row.cases),
    read: sum((row) => row.read),
    refused: sum((row) => row.refused),
    slowestMs: Math.max(...rows.map((row) => row.slowestMs)),
  };
  const line = (name: string, ...cells: readonly (string | number)[]): string =>
    name.padEnd(34) + cells.map((cell) => String(cell).padStart(10)).join('');
  return [
    line('reader', 'cases', 'read', 'refused', 'slowest ms'),
    ...[...rows, total].map((row) =>
      line(row.name, row.cases, row.read, row.refused, row.slowestMs),
    ),
  ].join('\n');
}
