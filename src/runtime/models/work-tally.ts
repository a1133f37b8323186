import type { WorkTerm } from '../../diffusion/forecast-facts.js';

/** How many vectors a value holds: one per cell of the grid at a downscale, per text token, or per sample. */
export type Extent = number | 'text' | 'sample';

/** The size at which work is evaluated. */
export interface WorkSize {
  readonly height: number;
  readonly width: number;
  readonly textTokens: number;
}

interface Entry {
  readonly each: number;
  readonly extents: readonly Extent[];
  readonly forked: boolean;
}

/** Counts the multiply-adds of a graph while it is built, as a function of the size it will run at. */
export class WorkTally {
  /** Whether what is counted from now on runs once for each row of the forked batch. */
  forked = false;
  readonly #entries: Entry[] = [];

  /** Adds `each` multiply-adds for every combination of the extents. */
  add(each: number, ...extents: readonly Extent[]): void {
    this.#entries.push({ each, extents, forked: this.forked });
  }

  /** Multiply-adds of one sample. */
  total(size: WorkSize): number {
    return this.#sum(this.#entries, size);
  }

  /** Share of the multiply-adds of one sample that come after the fork. */
  forkShare(size: WorkSize): number {
    return (
      this.#sum(
        this.#entries.filter(({ forked }) => forked),
        size,
      ) / this.total(size)
    );
  }

  /** What was counted, as plain data: equal extents together. */
  terms(): readonly WorkTerm[] {
    const terms = new Map<string, WorkTerm>();
    for (const { each, extents, forked } of this.#entries) {
      const key = [forked, ...extents].join();
      terms.set(key, {
        each: each + (terms.get(key)?.each ?? 0),
        extents,
        isForked: forked,
      });
    }
    return [...terms.values()];
  }

  #sum(entries: readonly Entry[], size: WorkSize): number {
    return entries.reduce((sum, { each, extents }) => sum + each * combinations(extents, size), 0);
  }
}

function combinations(extents: readonly Extent[], size: WorkSize): number {
  return extents.reduce<number>((product, extent) => product * count(extent, size), 1);
}

function count(extent: Extent, { height, width, textTokens }: WorkSize): number {
  if (extent === 'sample') return 1;
  return extent === 'text' ? textTokens : (height * width) / extent ** 2;
}
