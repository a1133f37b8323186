import { encode } from 'jpeg-js';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Picture } from '../../src/core/node/definition.js';
import type { GraphDocument, NodeId } from '../../src/core/graph/types.js';
import { templates } from '../../src/texts/en/templates.js';
import { runCommand } from '../cli/headless/command.js';
import { places, readGraph } from '../cli/headless/project.js';
import { runSession, tellOutcome } from '../cli/headless/session.js';
import { sheetOf } from './sheet.js';

/** The gallery loads all pictures at once. */
const LARGEST_BYTES = 30_000;
/** Qualities that are tried until the file is small enough. */
const QUALITIES = [92, 85, 75, 60];
const HEIGHT = 128;
const MOST_PICTURES = 5;

/**
 * `npm run -s templates [-- NAME...]`: runs the templates, all or those named, and writes public/templates: a picture of
 * each, and index.json.
 */
async function main(names: readonly string[], signal: AbortSignal): Promise<number> {
  const out = join(places.graphs, '../public/templates');
  await mkdir(out, { recursive: true });
  const cards: unknown[] = [];
  for (const [name, words] of Object.entries(templates)) {
    cards.push({ name, ...words });
    if (names.length > 0 && !names.includes(name)) continue;
    const { document, problems } = await readGraph(join(places.graphs, `${name}.json`));
    for (const { message } of problems) console.error(`${name}: ${message}`);
    if (problems.length > 0) return 1;
    const began = performance.now();
    const pictures = await picturesOf(document, signal);
    if (pictures === undefined) return 1;
    const file = smallJpeg(pictures);
    await writeFile(join(out, `${name}.jpg`), file);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${name}: ${String(pictures.length)} pictures, ${String(file.length)} bytes, ${seconds} s`,
    );
  }
  await writeFile(join(out, 'index.json'), `${JSON.stringify(cards, undefined, 2)}\n`);
  return 0;
}

/** What goes in and what comes out of a graph; undefined when it did not run. */
async function picturesOf(
  document: GraphDocument,
  signal: AbortSignal,
): Promise<readonly Picture[] | undefined> {
  const scratch = await mkdtemp(join(tmpdir(), 'crossweave-template-'));
  const options = { out: scratch, provider: 'cpu', replace: true, signal } as const;
  const { report } = await runSession(document, options);
  await rm(scratch, { recursive: true });
  if (tellOutcome(report) !== 0) return undefined;
  const shownBy = (type: string): readonly Picture[] =>
    Object.keys(document.nodes)
      .filter((id) => document.nodes[id]?.type === type)
      .flatMap((id: NodeId) => [...(report.pictures.get(id)?.values() ?? [])]);
  const sheets = shownBy('ContactSheet');
  if (sheets.length > 0) return sheets;
  const results = shownBy('PreviewImage');
  const compared = shownBy('CompareImages');
  const shown = results.length > 0 ? results : compared.slice(0, 2);
  const inputs = shownBy('VAEEncode').slice(0, Math.max(0, MOST_PICTURES - shown.length));
  return [...(results.length > 0 ? inputs : []), ...shown].slice(0, MOST_PICTURES);
}

function smallJpeg(pictures: readonly Picture[]): Uint8Array {
  const sheet = sheetOf(pictures, HEIGHT);
  for (const quality of QUALITIES) {
    const file = encode(sheet, quality).data;
    if (file.length <= LARGEST_BYTES) return file;
  }
  throw new Error(`No quality of ${QUALITIES.join(', ')} makes a picture below 30 kB.`);
}

await runCommand(main);
