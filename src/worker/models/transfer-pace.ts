/** How long back the speed is told of. */
const WINDOW_MS = 6000;

/** Tells the speed of what arrives, over the last seconds. */
export class TransferPace {
  readonly #seen: { readonly at: number; readonly bytes: number }[] = [];

  /** Notes that so many bytes came at a time in milliseconds. */
  add(bytes: number, at: number): void {
    const last = this.#seen.at(-1);
    if (last && at - last.at < 250)
      this.#seen[this.#seen.length - 1] = { at: last.at, bytes: last.bytes + bytes };
    else this.#seen.push({ at, bytes });
    while ((this.#seen[0]?.at ?? at) < at - WINDOW_MS) this.#seen.shift();
  }

  /** Bytes a second; undefined until enough was seen. */
  speed(at: number): number | undefined {
    const [first] = this.#seen;
    if (first === undefined || at - first.at < 500) return undefined;
    const bytes = this.#seen.reduce((sum, each) => sum + each.bytes, 0);
    return (1000 * bytes) / (at - first.at);
  }
}
