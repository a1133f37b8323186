import { readLane, type LaneReader, type LaneReading } from './lane-reader.js';
import { maskSetOf, sourceWords, wordOfSource } from './schedule-sources.js';
import {
  highestPass,
  type CurveJoin,
  type CurvePoint,
  type LaneEntry,
  type MaskLane,
  type MaskSet,
  type NumberLane,
  type PassRange,
  type SourceLane,
  type SwitchLane,
} from './schedule-lanes.js';

/** The highest value of a curve. */
export const highestValue = 10;

const switchWords = { on: true, off: false } as const;
const joins: readonly CurveJoin[] = ['step', 'lin', 'smooth'];

/** Reads a source lane, such as `app 11..67; struct 11..36/5`; the grammar is in docs/schedule-notation.md. */
export function parseSources(text: string): LaneReading<SourceLane> {
  return readLane(text, (reader) => readEntries(reader, (at) => readWord(at, sourceWords)));
}

/** Reads a lane of masks, such as `none; struct 11..36; app+struct 37..67`. */
export function parseMasks(text: string): LaneReading<MaskLane> {
  return readLane(text, (reader) => readEntries(reader, readMaskSet));
}

/** Reads a switch lane, such as `on 20..67`. */
export function parseSwitch(text: string): LaneReading<SwitchLane> {
  return readLane(text, (reader) => readEntries(reader, (at) => readWord(at, switchWords)));
}

/** Reads a number lane, such as `3.5@0 lin 1.75@67; off 0..9`; no value exceeds `max`. */
export function parseNumbers(text: string, max = highestValue): LaneReading<NumberLane> {
  return readLane(text, (reader) => readNumbers(reader, max));
}

/** Reads the lane of AdaIN: a curve of strengths up to 1, or a switch lane, whose on is 1. */
export function parseAdain(text: string): LaneReading<NumberLane | SwitchLane> {
  const isSwitch = /^\s*(on\b|off\s*[\d;])/i.test(text);
  return isSwitch ? parseSwitch(text) : parseNumbers(text, 1);
}

/** The one text of a source lane: `parseSources` gives the lane back. */
export function printSources(lane: SourceLane): string {
  return printEntries(lane, wordOfSource);
}

/** The one text of a lane of masks: `parseMasks` gives the lane back. */
export function printMasks(lane: MaskLane): string {
  return printEntries(lane, (value) => value);
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

/** A range as lanes write it: `7`, `3..9`, `3..9/2`, and `3..` when it goes on to the end. */
export function printRange({ first, last, every }: PassRange): string {
  if (first === last && every === 1) return String(first);
  const range = `${String(first)}..${last === highestPass ? '' : String(last)}`;
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
  readValue: (reader: LaneReader) => Value,
): readonly LaneEntry<Value>[] {
  const entries: LaneEntry<Value>[] = [];
  do {
    const value = readValue(reader);
    const hasRanges = !reader.isAtEnd() && !reader.sign(';');
    entries.push({ value, ranges: hasRanges ? readRanges(reader) : [] });
    if (!hasRanges) continue;
    if (!reader.isAtEnd() && !reader.sign(';')) reader.fail('a comma or a semicolon is missing');
  } while (!reader.isAtEnd());
  return entries;
}

function readWord<Value>(reader: LaneReader, words: Readonly<Record<string, Value>>): Value {
  const names = Object.keys(words);
  const word = reader.word(names);
  const value = word === undefined ? undefined : words[word];
  return value === undefined ? reader.fail(`one of ${names.join(', ')} is missing`) : value;
}

function readMaskSet(reader: LaneReader): MaskSet {
  const names = Object.keys(sourceWords).filter((name) => name !== 'own');
  const whole = reader.word(['all', 'none']);
  if (whole !== undefined) return whole;
  const words: string[] = [];
  do {
    const word = reader.word(names);
    if (word === undefined) {
      const known = words.length === 0 ? ['all', 'none', ...names] : names;
      return reader.fail(`one of ${known.join(', ')} is missing`);
    }
    words.push(word);
  } while (reader.sign('+'));
  return maskSetOf(words);
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
  const isOpen = !reader.digitIsNext();
  const last = isOpen ? highestPass : reader.whole('the last pass of the range', highestPass);
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

function readNumbers(reader: LaneReader, max: number): NumberLane {
  if (reader.word(['off'])) {
    if (!reader.isAtEnd()) reader.fail('“off” for some passes comes after a curve');
    return { points: [], off: [] };
  }
  const points = readCurve(reader, max);
  const off: PassRange[] = [];
  while (reader.sign(';') && !reader.isAtEnd()) {
    if (!reader.word(['off'])) reader.fail('“off” and its passes are missing');
    off.push(...readRanges(reader));
  }
  return { points, off };
}

function readCurve(reader: LaneReader, max: number): readonly CurvePoint[] {
  const points: CurvePoint[] = [];
  for (;;) {
    const value = reader.decimal('a number, or “off”,', max);
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
