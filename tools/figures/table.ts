import { readFile, writeFile } from 'node:fs/promises';
import { parseOptions, runCommand, UsageError } from '../cli/headless/command.js';
import { parseScores, scoreTable, withTable } from './score-table.js';

const USAGE = `Makes a Markdown table of what evaluate --json printed.

  table -- SCORES.json [--rows A,B] [--differences] [--into FILE.md [--at NAME]]

--into writes it between the lines <!-- scores NAME --> and <!-- /scores NAME --> of FILE.md; NAME is full unless told.
Without it the table is printed. --differences: to the full method, pair by pair.`;

/** `npm run -s table`: the score table for README, model card and docs. */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      differences: { type: 'boolean', default: false },
      into: { type: 'string' },
      at: { type: 'string', default: 'full' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('Give one file of scores.');
  const report = parseScores(await textOf(file));
  const table = scoreTable(report, {
    only: values.rows?.split(','),
    isDifference: values.differences,
  });
  if (values.into === undefined) {
    console.log(table);
    return 0;
  }
  const text = await textOf(values.into);
  await writeFile(values.into, withTable(text, values.at, table));
  return 0;
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new UsageError(`“${file}” cannot be read.`);
  });
}

await runCommand(main);
