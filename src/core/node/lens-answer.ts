/** What a lens is asked: a place of a result, and how its cross-image step reads the appearance. */
export interface LensQuestion {
  /** Shares of width and height, from the upper left. */
  readonly at: readonly [x: number, y: number];
  /** The layer that is looked at, as lens nodes name it, and the head; below 0 the mean over all. */
  readonly layer: string;
  readonly head: number;
  /** The step's own settings, by the names of its widgets. */
  readonly settings: Readonly<Record<string, number | boolean>>;
}

/** Where a place of a result looks in the appearance. */
export interface LensAnswer {
  /** Cells of the appearance. */
  readonly rows: number;
  readonly columns: number;
  /** The attention to each cell, row by row. */
  readonly weights: Float32Array;
  /** The layers that were looked at, by name. */
  readonly layers: readonly string[];
  /** The head that was looked at; undefined for the mean over all. */
  readonly head: number | undefined;
  /** What was asked for and is not there, in a sentence each. */
  readonly told: readonly string[];
}
