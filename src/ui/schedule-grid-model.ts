import type { Picture } from '../core/node/definition.js';

/** A parameter to choose, with values to begin with. */
export interface GridAxis {
  readonly id: string;
  readonly label: string;
  readonly suggestion: string;
}

/** One cell of the contact sheet. */
export interface GridCell {
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  readonly picture: Picture | undefined;
  readonly note: string;
}

/** A contact sheet: rows of cells under the values of both parameters. */
export interface GridSheet {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** Row by row. */
  readonly cells: readonly GridCell[];
}

/** What shall be run: a parameter and its values as they were typed, for columns and rows. */
export interface GridRequest {
  readonly x: { readonly id: string; readonly text: string };
  readonly y: { readonly id: string; readonly text: string };
}
