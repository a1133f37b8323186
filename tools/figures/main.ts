import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { encode } from 'jpeg-js';
import type { Picture } from '../../src/core/node/definition.js';
import { contactSheet } from '../cli/headless/contact-sheet.js';
import { parseOptions, runCommand, UsageError } from '../cli/headless/command.js';
import { createDiskModels } from '../cli/headless/model-library.js';
import { createDiskPictures } from '../cli/headless/picture-store.js';
import { places, registry } from '../cli/headless/project.js';
import { openGraphRunner } from '../cli/headless/run-graph.js';
import { FIGURES, type Figure } from './figures.js';

const USAGE = `Draws the paper's figures with a model of one's own, as JPEG files.

  figures [-- NAME...] [--out DIR] [--model M]

Names: ${Object.keys(FIGURES).join(', ')}. Without any, all of them; DIR is docs, M is creatures.`;

/** Side of one picture of a figure, and the quality of its file. */
const SIDE = 144;
const QUALITY = 90;

/** `npm run -s figures`: draws the figures, sharing what they have in common. */
async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'docs' },
      model: { type: 'string', default: 'creatures' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const asked = positionals.length > 0 ? positionals : Object.keys(FIGURES);
  const figures = asked.map((name): readonly [string, Figure] => {
    const figure = FIGURES[name];
    if (!figure) throw new UsageError(`There is no figure “${name}”; --help lists them.`);
    return [name, figure];
  });
  const cwd = process.cwd();
  const out = resolve(cwd, values.out);
  await mkdir(out, { recursive: true }).catch(() => {
    throw new UsageError(`--out takes a folder; “${values.out}” cannot be made one.`);
  });
  const models = createDiskModels({ cwd, models: places.models, provider: 'cpu' });
  const pictures = createDiskPictures({ cwd, samples: places.samples, out, replace: true });
  // The graphs save their results; what is kept here is the figure alone.
  const write = (name: string) => Promise.resolve(name);
  const runner = openGraphRunner({ registry, models, pictures: { ...pictures, write }, signal });
  try {
    for (const [name, figure] of figures) {
      const began = performance.now();
      const rows = await figure({
        runner,
        model: values.model,
        read: (name) => pictures.read(name),
        signal,
      });
      const file = join(out, `figure-${name}.jpg`);
      const bytes = jpeg(contactSheet(rows, SIDE));
      await writeFile(file, bytes);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${file}: ${String(bytes.length)} bytes, ${seconds} s`);
    }
  } finally {
    await runner.dispose();
  }
  return 0;
}

function jpeg(picture: Picture): Uint8Array {
  return encode({ ...picture, data: Buffer.from(picture.data.buffer) }, QUALITY).data;
}

await runCommand(main);
