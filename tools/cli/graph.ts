import { resolve } from 'node:path';
import type { RunEvent } from '../../src/core/engine/events.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { validate } from '../../src/core/graph/validate.js';
import { parseOptions, runCommand, UsageError } from './headless/command.js';
import { contactSheet } from './headless/contact-sheet.js';
import { applySetting } from './headless/document-nodes.js';
import { createDiskModels, type Provider } from './headless/model-library.js';
import { createDiskPictures, fileStem } from './headless/picture-store.js';
import { places, readGraph, registry } from './headless/project.js';
import { openGraphRunner } from './headless/run-graph.js';
import { writeRunJson } from './headless/run-json.js';
import { runSession, tellOutcome, type Session } from './headless/session.js';
import { runSweep, sweepCells, sweepRows } from './headless/sweep.js';

const USAGE = `Usage: npm run -s graph -- run FILE.json --out FOLDER [--set NODE.input=value]... [--events] [--ep cpu|wasm]
       npm run -s graph -- sweep FILE.json --vary NODE.input=value,value... [--vary ...] --out FOLDER
       npm run -s graph -- check FILE.json

run    runs a saved graph and writes what it saves and shows, and run.json, into the folder.
         --set NODE.input=value   changes a widget; NODE is an id, a title, or a type that occurs once
         --events                 prints every event of the run as one line of JSON
         --ep cpu|wasm            onnxruntime-node, or what a browser without WebGPU runs (default cpu)
sweep  runs a graph for every value of a widget, or every pair of values of two (the first goes down, the second across),
       computing once what runs share; writes each result, and all of them on sheet.png. Widgets that change together are
       joined: --vary 'Invert structure.seed=1,2&Invert appearance.seed=1,2'. --set holds for all runs.
check  prints the mistakes in a saved graph; the exit code is 1 when there are any.`;

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      set: { type: 'string', multiple: true },
      events: { type: 'boolean' },
      ep: { type: 'string' },
      vary: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help || positionals.length === 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const [verb, file, ...rest] = positionals;
  if (verb !== 'run' && verb !== 'check' && verb !== 'sweep') {
    throw new UsageError(`“${verb ?? ''}” is not a command; use run, sweep or check.`);
  }
  if (file === undefined || rest.length > 0) {
    throw new UsageError(`${verb} takes one graph file; --help tells how.`);
  }
  const { document } = await readGraph(file);
  const set = (values.set ?? []).reduce(applySetting, document);
  if (verb === 'check') return check(set);
  if (!values.out) throw new UsageError('--out is needed: the folder for results.');
  const ep = values.ep ?? 'cpu';
  if (ep !== 'cpu' && ep !== 'wasm') throw new UsageError(`--ep takes cpu or wasm, not “${ep}”.`);
  const addresses = (values.set ?? []).map((setting) => setting.slice(setting.indexOf('=') + 1));
  const { out, events = false, vary = [] } = values;
  if (verb === 'sweep') return sweep(set, vary, { out, provider: ep, addresses }, signal);
  return run(set, { file, out, provider: ep, events, addresses }, signal);
}

/** Prints the problems of a graph. */
function check(document: GraphDocument): number {
  const problems = validate(document, registry);
  for (const { code, message } of problems) console.log(`${code}: ${message}`);
  if (problems.length === 0) console.log('No problems.');
  return problems.length === 0 ? 0 : 1;
}

/** Runs the cells of a grid and writes their pictures and the sheet. */
async function sweep(
  document: GraphDocument,
  varies: readonly string[],
  { out, provider, addresses }: Pick<RunWishes, 'out' | 'provider' | 'addresses'>,
  signal: AbortSignal,
): Promise<number> {
  const cells = sweepCells(document, varies);
  const cwd = process.cwd();
  const disk = { cwd, samples: places.samples, out: resolve(cwd, out), replace: true };
  const pictures = createDiskPictures(disk);
  const models = createDiskModels({ cwd, models: places.models, provider, addresses });
  const runner = openGraphRunner({ registry, models, pictures, signal });
  try {
    const swept = await runSweep(
      runner,
      cells,
      ({ settings, unet, milliseconds }) => {
        const forwards = unet.forwardEquivalents.toFixed(1);
        const seconds = (milliseconds / 1000).toFixed(1);
        console.log(`${settings.join(', ')}: ${forwards} U-Net forwards, ${seconds} s`);
      },
      signal,
    );
    for (const { row, column, picture } of swept) {
      await pictures.put(`cell-${String(row + 1)}-${String(column + 1)}`, picture);
    }
    const height = Math.min(256, swept[0]?.picture.height ?? 256);
    console.log(await pictures.put('sheet', contactSheet(sweepRows(swept), height)));
  } finally {
    await runner.dispose();
  }
  return 0;
}

interface RunWishes {
  readonly file: string;
  readonly out: string;
  readonly provider: Provider;
  readonly events: boolean;
  /** What the user typed as values: addresses among them may be asked for models. */
  readonly addresses: readonly string[];
}

async function run(
  document: GraphDocument,
  { file, out, provider, events, addresses }: RunWishes,
  signal: AbortSignal,
): Promise<number> {
  const session = await runSession(document, {
    out,
    provider,
    addresses,
    replace: false,
    signal,
    ...(events && { onEvent: printEvent }),
  });
  const code = tellOutcome(session.report);
  await writeShown(document, session);
  await writeRunJson(out, { file }, provider, document, session.report);
  if (!events) for (const path of session.pictures.written()) console.log(path);
  return code;
}

/** Writes what nodes showed, but for those that saved it themselves, as `<id>-<title>-<label>.png`. */
async function writeShown(document: GraphDocument, { report, pictures }: Session): Promise<void> {
  for (const [id, shown] of report.pictures) {
    const record = document.nodes[id];
    if (!record || record.type === 'SaveImage') continue;
    const title = record.title ?? registry.get(record.type)?.displayName ?? record.type;
    for (const [label, picture] of shown) {
      await pictures.put(
        fileStem(`${id}-${title}-${label}`.toLowerCase().replace(/\s+/g, '-')),
        picture,
      );
    }
  }
}

/** An event as one line of JSON; of pictures only the size is told. */
function printEvent(event: RunEvent): void {
  console.log(
    JSON.stringify(event, (_key, value: unknown) =>
      ArrayBuffer.isView(value) ? `${String(value.byteLength)} bytes` : value,
    ),
  );
}

await runCommand(main);
