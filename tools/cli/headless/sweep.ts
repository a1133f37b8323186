import type { GraphDocument } from '../../../src/core/graph/types.js';
import type { Picture } from '../../../src/core/node/definition.js';
import { resultNode } from '../../../src/app/variant-runs.js';
import { applySetting } from './document-nodes.js';
import { UsageError } from './command.js';
import { errorText } from './error-text.js';
import { registry } from './project.js';
import type { GraphRunner, RunReport } from './run-graph.js';

/** Cells that a sweep may have. */
const MOST_CELLS = 400;

/** One run of a sweep: where it lies in the grid and what is set in it. */
export interface SweepCell {
  readonly row: number;
  readonly column: number;
  readonly settings: readonly string[];
  readonly document: GraphDocument;
}

/** A cell that ran. */
export interface SweptCell extends SweepCell {
  readonly picture: Picture;
  readonly unet: RunReport['unet'];
  readonly milliseconds: number;
}

/**
 * The grid that one or two `NODE.input=value,value,…` span: the first goes down, the second across. Several widgets that
 * change together are joined by `&`: `A.seed=1,2&B.seed=1,2`. A comma in a value is written `\,`.
 * @throws UsageError for a setting that cannot be read or more than 400 cells.
 */
export function sweepCells(
  document: GraphDocument,
  varies: readonly string[],
): readonly SweepCell[] {
  if (varies.length < 1 || varies.length > 2)
    throw new UsageError('sweep takes --vary NODE.input=value,value,… once or twice.');
  const axes = varies.map(axisOf);
  const [down = [], across = [[]]] = axes.length === 1 ? [[[]], axes[0]] : axes;
  const count = down.length * across.length;
  if (count > MOST_CELLS)
    throw new UsageError(
      `A sweep has at most ${String(MOST_CELLS)} cells; this one has ${String(count)}.`,
    );
  return down.flatMap((first, row) =>
    across.map((second, column) => {
      const settings = [...first, ...second];
      return { row, column, settings, document: settings.reduce(applySetting, document) };
    }),
  );
}

/** For each value of an axis the settings that make it. */
function axisOf(text: string): readonly (readonly string[])[] {
  const widgets = text.split(/&(?=[^&=]+\.[^&=.]+=)/).map((part) => {
    const [name, list] = splitOnce(part, '=');
    if (list === undefined || name === '')
      throw new UsageError(`--vary takes NODE.input=value,value,…, not “${part}”.`);
    const values = list.split(/(?<!\\),/).map((value) => value.replaceAll('\\,', ','));
    return values.map((value) => `${name}=${value}`);
  });
  const [first = []] = widgets;
  if (widgets.some(({ length }) => length !== first.length))
    throw new UsageError(`What changes together in “${text}” needs equally many values.`);
  return first.map((_value, i) => widgets.flatMap((settings) => settings[i] ?? []));
}

function splitOnce(text: string, at: string): readonly [string, string?] {
  const i = text.indexOf(at);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + at.length)];
}

/**
 * Runs cell after cell with one engine, so that inversions, branches and masks that cells share are computed once, and
 * tells of each as it is done. The node titled Result, or else the first that previews a picture, makes a cell's picture.
 * @throws Error that names the cell whose run gave no picture; the signal's reason when stopped.
 */
export async function runSweep(
  runner: GraphRunner,
  cells: readonly SweepCell[],
  done: (cell: SweptCell) => void,
  signal?: AbortSignal,
): Promise<readonly SweptCell[]> {
  const swept: SweptCell[] = [];
  for (const cell of cells) {
    const { pictures, outcome, unet, milliseconds } = await runner.run(cell.document);
    signal?.throwIfAborted();
    const shown = pictures.get(resultNode(cell.document, registry) ?? '');
    const picture = [...(shown?.values() ?? [])].at(-1);
    if (picture === undefined) {
      const [mistake = 'it gave no picture.'] = [
        ...outcome.problems.map(({ message }) => message),
        ...outcome.failures.map(errorText),
      ];
      throw new Error(`The cell ${cell.settings.join(', ')} failed: ${mistake}`);
    }
    const result = { ...cell, picture, unet, milliseconds };
    swept.push(result);
    done(result);
  }
  return swept;
}

/** The pictures of a sweep as the rows of a contact sheet. */
export function sweepRows(swept: readonly SweptCell[]): readonly (readonly Picture[])[] {
  const rows: Picture[][] = [];
  for (const { row, picture } of swept) (rows[row] ??= []).push(picture);
  return rows;
}
