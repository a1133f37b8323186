/** What a lens is asked: a place of a result, and how its cross-image step reads the appearance. */
export interface LensQuestion {
  /** Shares of width and height, from the upper left. */
  readonly at: readonly [x: number, y: number];
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
}
