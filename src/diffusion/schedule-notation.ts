import { readLane, type LaneReader, type LaneReading } from './lane-reader.js';
import {
  highestPass,
  type CurveJoin,
  type CurvePoint,
  type LaneEntry,
  type NumberLane,
  type PassRange,
  type SourceLane,
  type SwitchLane,
} from './schedule-lanes.js';
import type { KeyValueSource } from './sockets.js';

/** The highest value of a curve. */
export const highestValue = 10;

const sourceWords = { own: 'own', app: 'appearance', struct: 'structure' } as const;
const switchWords = { on: true, off: false } as const;
const joins: readonly CurveJoin[] = ['step', 'lin', 'smooth'];

/** Reads a source lane, such as `app 11..67; struct 11..36/5`; the grammar is in docs/schedule-notation.md. */
export function parseSources(text: string): LaneReading<SourceLane> {
  return readLane(text, (reader) => readEntries(reader, sourceWords));
}

/** Reads a switch lane, such as `on 20..67`. */
export function parseSwitch(text: string): LaneReading<SwitchLane> {
  return readLane(text, (reader) => readEntries(reader, switchWords));
}

/** Reads a number lane, such as `3.5@0 lin 1.75@67; off 0..9`. */
export function parseNumbers(text: string): LaneReading<NumberLane> {
  return readLane(text, readNumbers);
}

/** The one text of a source lane: `parseSources` gives the lane back. */
export function printSources(lane: SourceLane): string {
  const words: Readonly<Record<KeyValueSource, string>> = {
    own: 'own',
    appearance: 'app',
    structure: 'struct',
  };
  return printEntries(lane, (value) => words[value]);
}

/** The one text of a switch lane: `parseSwitch` gives the lane back. */
export function printSwitch(lane: SwitchLane): string {
  return printEntries(lane, (value) => (value ? 'on' : 'off'));
}

/** The one text of a number lane: `parseNumbers` gives the lane back. */
export function printNumbers({ points, off }: NumberLane): string {
  if (points.length === 0) return 'off';
  const curve = points
    .map(({ pass, value, join }, i) => {
      const point = `${String(value)}@${String(pass)}`;
      return i === points.length - 1 ? point : `${point} ${join}`;
    })
    .join(' ');
  return off.length > 0 ? `${curve}; off ${off.map(printRange).join(', ')}` : curve;
}

/** A range as lanes write it: `7`, `3..9`, `3..9/2`. */
export function printRange({ first, last, every }: PassRange): string {
  if (first === last && every === 1) return String(first);
  const range = `${String(first)}..${String(last)}`;
  return every === 1 ? range : `${range}/${String(every)}`;
}

function printEntries<Value>(
  lane: readonly LaneEntry<Value>[],
  wordOf: (value: Value) => string,
): string {
  return lane
    .map(({ value, ranges }) =>
      ranges.length === 0 ? wordOf(value) : `${wordOf(value)} ${ranges.map(printRange).join(', ')}`,
    )
    .join('; ');
}

function readEntries<Value>(
  reader: LaneReader,
  words: Readonly<Record<string, Value>>,
): readonly LaneEntry<Value>[] {
  const entries: LaneEntry<Value>[] = [];
  const names = Object.keys(words);
  do {
    const word = reader.word(names);
    const value = word === undefined ? undefined : words[word];
    if (value === undefined) return reader.fail(`one of ${names.join(', ')} is missing`);
    const hasRanges = !reader.isAtEnd() && !reader.sign(';');
    entries.push({ value, ranges: hasRanges ? readRanges(reader) : [] });
    if (!hasRanges) continue;
    if (!reader.isAtEnd() && !reader.sign(';')) reader.fail('a comma or a semicolon is missing');
  } while (!reader.isAtEnd());
  return entries;
}

function readRanges(reader: LaneReader): readonly PassRange[] {
  const ranges = [readRange(reader)];
  while (reader.sign(',')) ranges.push(readRange(reader));
  return ranges;
}

function readRange(reader: LaneReader): PassRange {
  const first = reader.whole('a pass', highestPass);
  if (!reader.sign('..')) return { first, last: first, every: 1 };
  const at = reader.place();
  const last = reader.whole('the last pass of the range', highestPass);
  if (last < first) {
    reader.fail(
      `the range ends before it begins: ${String(last)} comes before ${String(first)}`,
      at,
    );
  }
  if (!reader.sign('/')) return { first, last, every: 1 };
  const place = reader.place();
  const every = reader.whole('the distance of the passes', highestPass);
  if (every === 0) reader.fail('the distance of the passes is at least 1', place);
  return { first, last, every };
}

function readNumbers(reader: LaneReader): NumberLane {
  if (reader.word(['off'])) {
    if (!reader.isAtEnd()) reader.fail('“off” for some passes comes after a curve');
    return { points: [], off: [] };
  }
  const points = readCurve(reader);
  const off: PassRange[] = [];
  while (reader.sign(';') && !reader.isAtEnd()) {
    if (!reader.word(['off'])) reader.fail('“off” and its passes are missing');
    off.push(...readRanges(reader));
  }
  return { points, off };
}

function readCurve(reader: LaneReader): readonly CurvePoint[] {
  const points: CurvePoint[] = [];
  for (;;) {
    const value = reader.decimal('a number, or “off”,', highestValue);
    if (!reader.sign('@')) reader.fail('“@” and a pass are missing');
    const at = reader.place();
    const pass = reader.whole('a pass', highestPass);
    const before = points.at(-1);
    if (before !== undefined && pass <= before.pass) {
      reader.fail(`the pass is not above ${String(before.pass)}, the one of the point before`, at);
    }
    const join = reader.word(joins);
    points.push({ pass, value, join: join ?? 'step' });
    if (join === undefined) return points;
  }
}
