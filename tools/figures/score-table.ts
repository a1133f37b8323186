import { UsageError } from '../cli/headless/command.js';
import type { Interval } from '../cli/evaluate/interval.js';
import { ROW_TITLES, ROWS } from '../cli/evaluate/rows.js';

/** What `evaluate --json` prints. */
export interface ScoreReport {
  readonly pairs: number;
  readonly seed: number;
  readonly model: string;
  readonly preset: string;
  readonly steps?: number;
  readonly rows: ScoreRows;
  /** What the rows have more than the full method, pair by pair. */
  readonly againstFull?: ScoreRows;
}

type ScoreRows = Readonly<Record<string, Readonly<Record<string, Interval>>>>;

/** Columns with how many digits they have after the point. */
const COLUMNS: Readonly<Record<string, readonly [title: string, digits: number]>> = {
  structureIoU: ['structure IoU ↑', 2],
  partCorrespondence: ['part correspondence ↑', 2],
  appearanceDistance: ['appearance distance ↓', 1],
  maskIoU: ['mask IoU ↑', 2],
  colorDistance: ['colour distance ↓', 1],
  gramDistance: ['Gram distance ↓', 3],
};

/** Reads what `evaluate --json` printed. @throws UsageError when it is something else. */
export function parseScores(text: string): ScoreReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const report = value as Partial<ScoreReport> | null | undefined;
  const isReport =
    typeof report?.pairs === 'number' &&
    typeof report.seed === 'number' &&
    typeof report.model === 'string' &&
    typeof report.preset === 'string' &&
    typeof report.rows === 'object' &&
    Object.values(report.rows).every((row) => Object.values(row).every(isInterval));
  if (!isReport) throw new UsageError('The file is not what evaluate --json prints.');
  return report as ScoreReport;
}

function isInterval(value: unknown): boolean {
  const { mean, low, high } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [mean, low, high].every(Number.isFinite);
}

/**
 * The scores as a Markdown table with the command that makes them, formatted as prettier formats it. Rows in the order of evaluate;
 * `only` names those that are wanted, `isDifference` asks for differences to the full method.
 * @throws UsageError when the report has no differences.
 */
export function scoreTable(
  report: ScoreReport,
  {
    only,
    isDifference = false,
  }: { only?: readonly string[] | undefined; isDifference?: boolean } = {},
): string {
  const from = isDifference ? report.againstFull : report.rows;
  if (!from) throw new UsageError('The scores have no differences: evaluate full and other rows.');
  const names = ROWS.filter((row) => row in from && (only?.includes(row) ?? true));
  const rows = names.map((name) => [name, from[name] ?? {}] as const);
  const columns = Object.keys(COLUMNS).filter((name) => rows.some(([, row]) => name in row));
  const head = ['', ...columns.map((name) => COLUMNS[name]?.[0] ?? name)];
  const lines = rows.map(([name, row]) => [
    ROW_TITLES[name],
    ...columns.map((column) => cell(row[column], COLUMNS[column]?.[1] ?? 2, isDifference)),
  ]);
  const widths = head.map((title, i) =>
    Math.max(3, title.length, ...lines.map((line) => line[i]?.length ?? 0)),
  );
  const shown = [head, widths.map((width) => '-'.repeat(width)), ...lines].map(
    (line) => `| ${line.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`,
  );
  return [...(isDifference ? [] : [caption(report, names), '']), ...shown].join('\n');
}

function caption({ pairs, seed, model, preset, steps }: ScoreReport, rows: readonly string[]) {
  const count = steps === undefined ? '' : `, ${String(steps)} steps`;
  const options = [
    `--pairs ${String(pairs)} --seed ${String(seed)}`,
    ...(model === 'creatures' ? [] : [`--model ${model}`]),
    ...(preset === 'official' ? [] : [`--preset ${preset}`]),
    ...(steps === undefined ? [] : [`--steps ${String(steps)}`]),
    `--rows ${rows.join(',')}`,
  ];
  return [
    `${String(pairs)} pairs of held-out creatures, model ${model}, preset \`${preset}\`${count}; mean and 95 % interval:`,
    `\`npm run -s evaluate -- ${options.join(' ')}\`.`,
  ].join('\n');
}

function cell(value: Interval | undefined, digits: number, isSigned: boolean): string {
  if (value === undefined) return '–';
  const [mean, low, high] = [value.mean, value.low, value.high].map((one) => {
    const text = Math.abs(one).toFixed(digits);
    const isZero = Number(text) === 0;
    if (one < 0 && !isZero) return `−${text}`;
    return isSigned && !isZero ? `+${text}` : text;
  });
  return `${mean ?? ''} (${low ?? ''} to ${high ?? ''})`;
}

/**
 * The text with the table between `<!-- scores NAME -->` and `<!-- /scores NAME -->` in place of what is there.
 * @throws UsageError when the text lacks that pair of lines or has several.
 */
export function withTable(text: string, name: string, table: string): string {
  const [open, close] = [`<!-- scores ${name} -->`, `<!-- /scores ${name} -->`];
  const [before, rest, more] = text.split(open);
  const [inside, after, further] = (rest ?? '').split(close);
  if ((before === undefined || inside === undefined || after === undefined || more) ?? further) {
    throw new UsageError(
      `The file has no place for the table: one line ${open}, a later one ${close}.`,
    );
  }
  return `${before}${open}\n\n${table}\n\n${close}${after}`;
}
