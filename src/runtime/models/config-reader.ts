import { AppError } from '../../core/errors.js';

/** Reads the fields of a `config.json`, refusing what the builders do not know how to build. */
export class ConfigReader {
  readonly file: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  /** @throws AppError `model/invalid` when `json` is not an object. */
  constructor(file: string, json: unknown) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new AppError({ code: 'model/invalid', file, reason: 'The file is not a JSON object.' });
    }
    this.file = file;
    this.#fields = { ...json };
  }

  /** A whole number of at least `min`; null and absent count as the default. */
  integer(name: string, fallback?: number, min = 1): number {
    const value = this.number(name, fallback);
    if (!Number.isSafeInteger(value) || value < min || value > 1e9) {
      throw this.#invalid(name, `a whole number of ${String(min)} at least`);
    }
    return value;
  }

  /** A finite number. */
  number(name: string, fallback?: number): number {
    const value = this.#fields[name] ?? fallback;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#invalid(name, 'a number');
    return value;
  }

  /** A list of whole numbers of at least 1. */
  integers(name: string): readonly number[] {
    const value = this.#fields[name];
    if (!isPositiveIntegers(value)) throw this.#invalid(name, 'a list of whole numbers');
    return value;
  }

  /** `count` whole numbers, from a list or from one number for all. */
  integerEach(name: string, count: number): readonly number[] {
    const value = this.#fields[name];
    const list = typeof value === 'number' ? Array.from({ length: count }, () => value) : value;
    if (!isPositiveIntegers(list) || list.length !== count) {
      throw this.#invalid(name, `a whole number or ${String(count)} of them`);
    }
    return list;
  }

  /** A list of strings, each one of `known`. */
  names<Name extends string>(name: string, known: readonly Name[]): readonly Name[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) throw this.#invalid(name, 'a list of names');
    return value.map((item: unknown) => this.#known(name, item, known));
  }

  /** A string, one of `known`. */
  name<Name extends string>(name: string, known: readonly Name[], fallback?: Name): Name {
    return this.#known(name, this.#fields[name] ?? fallback, known);
  }

  /** True or false. */
  flag(name: string, fallback: boolean): boolean {
    const value = this.#fields[name] ?? fallback;
    if (typeof value !== 'boolean') throw this.#invalid(name, 'true or false');
    return value;
  }

  /** Whether the field is there and not null. */
  has(name: string): boolean {
    return (this.#fields[name] ?? null) !== null;
  }

  /** Accepts the field only when it is absent, null, or equal to one of `accepted`. */
  only(name: string, ...accepted: readonly (string | number | boolean)[]): void {
    const value = this.#fields[name] ?? null;
    if (value !== null && !accepted.some((item) => item === value)) {
      throw this.unsupported(`\`${name}\` is ${JSON.stringify(value)}.`);
    }
  }

  /** The refusal of something that is valid but that the builders cannot build. */
  unsupported(reason: string): AppError {
    return new AppError({ code: 'model/unsupported', file: this.file, reason });
  }

  #known<Name extends string>(field: string, value: unknown, known: readonly Name[]): Name {
    const found = known.find((item) => item === value);
    if (found === undefined) {
      throw this.unsupported(
        `\`${field}\` is ${JSON.stringify(value)}; known are ${known.join(', ')}.`,
      );
    }
    return found;
  }

  #invalid(name: string, wanted: string): AppError {
    const reason = `\`${name}\` is ${JSON.stringify(this.#fields[name])}, but must be ${wanted}.`;
    return new AppError({ code: 'model/invalid', file: this.file, reason });
  }
}

function isPositiveIntegers(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item > 0)
  );
}
