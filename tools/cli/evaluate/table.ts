import type { Interval } from './interval.js';
import { ROW_TITLES, type Row } from './rows.js';

/** The metrics of a row; those that could not be had of any pair are absent. */
export type RowSummary = Readonly<Record<string, Interval>>;

const TITLES: Readonly<Record<string, string>> = {
  structureIoU: 'structure IoU ↑',
  partCorrespondence: 'parts ↑',
  appearanceDistance: 'appearance ↓',
  maskIoU: 'mask IoU ↑',
  colorDistance: 'colour ↓',
  gramDistance: 'Gram ↓',
};

function cell(value: Interval | undefined): string {
  if (value === undefined) return '–';
  const digits = value.high >= 10 ? 1 : 3;
  const [mean, low, high] = [value.mean, value.low, value.high].map((n) => n.toFixed(digits));
  return `${mean ?? ''} [${low ?? ''}, ${high ?? ''}]`;
}

/** The scores as a table in text, one line a row. */
export function tableOf(rows: Readonly<Partial<Record<Row, RowSummary>>>): string {
  const columns = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
  const head = ['', ...columns.map((name) => TITLES[name] ?? name)];
  const lines = Object.entries(rows).map(([name, row]) => [
    Object.entries(ROW_TITLES).find(([key]) => key === name)?.[1] ?? name,
    ...columns.map((column) => cell(row[column])),
  ]);
  const table = [head, ...lines];
  const widths = head.map((_title, i) => Math.max(...table.map((line) => line[i]?.length ?? 0)));
  return table
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
