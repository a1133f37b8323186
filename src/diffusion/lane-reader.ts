/** What is wrong with a lane's text, and the character (from 0) at which it was noticed. */
export interface LaneMistake {
  readonly at: number;
  /** What is wrong and what may stand there, without a full stop. */
  readonly reason: string;
}

/** A lane, or why its text is none. */
export type LaneReading<Lane> = { readonly lane: Lane } | { readonly mistake: LaneMistake };

/** Stops the reading of a text; caught by {@link readLane} alone. */
class Stop extends Error {
  readonly mistake: LaneMistake;

  constructor(mistake: LaneMistake) {
    super(mistake.reason);
    this.mistake = mistake;
  }
}

/** A text with a place in it. Words, numbers and signs are read after any white space. */
export interface LaneReader {
  /** Where the next word, number or sign begins. */
  place(): number;
  isAtEnd(): boolean;
  digitIsNext(): boolean;
  /** Reads letters when one of `words` is next; says which. */
  word<Word extends string>(words: readonly Word[]): Word | undefined;
  /** Reads `sign` when it is next. */
  sign(sign: string): boolean;
  /** Reads digits as a whole number of `what`. @throws when there are none or they exceed `max`. */
  whole(what: string, max: number): number;
  /** Reads a decimal number, with an exponent or without. @throws when there is none or it exceeds `max`. */
  decimal(what: string, max: number): number;
  /** Ends the reading. @throws always. */
  fail(reason: string, at?: number): never;
}

/** Reads a whole text with `read`; a mistake that it meets, or text that is left over, is the answer. */
export function readLane<Lane>(
  text: string,
  read: (reader: LaneReader) => Lane,
): LaneReading<Lane> {
  const reader = createReader(text);
  try {
    const lane = read(reader);
    if (!reader.isAtEnd()) reader.fail('there is text that does not belong here');
    return { lane };
  } catch (error) {
    if (error instanceof Stop) return { mistake: error.mistake };
    throw error;
  }
}

const space = /\s*/y;
const letters = /[A-Za-z]+/y;
const digits = /\d+/y;
const decimals = /\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

function createReader(text: string): LaneReader {
  let at = 0;
  const match = (pattern: RegExp, from: number): string => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0] ?? '';
  };
  const place = (): number => (at += match(space, at).length);
  const fail = (reason: string, from = place()): never => {
    throw new Stop({ at: from, reason });
  };
  const number = (pattern: RegExp, what: string, max: number): number => {
    const from = place();
    const found = match(pattern, from);
    if (found === '') fail(`${what} is missing`);
    const value = Number(found);
    if (!(value <= max)) fail(`${what} is at most ${String(max)}`, from);
    at += found.length;
    return value;
  };
  return {
    place,
    fail,
    isAtEnd: () => place() >= text.length,
    digitIsNext: () => match(digits, place()) !== '',
    word(words) {
      const found = match(letters, place()).toLowerCase();
      const known = words.find((word) => word === found);
      if (known !== undefined) at += found.length;
      return known;
    },
    sign(sign) {
      if (!text.startsWith(sign, place())) return false;
      at += sign.length;
      return true;
    },
    whole: (what, max) => number(digits, what, max),
    decimal: (what, max) => number(decimals, what, max),
  };
}
