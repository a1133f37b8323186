import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions, runCommand } from '../cli/headless/command.js';
import { runScript } from './run-script.js';

const USAGE = `Usage: node --import tsx tools/bench/memory.ts [--json]

Writes random weights in the shape of Stable Diffusion 1.5 in both layouts and both precisions, one after the other, loads each in
a process of its own, runs the text encoder, the U-Net and the decoder once, and tells the largest resident memory of the process
beside what is allowed: the bytes of the weights and 2 GB. Takes some minutes and 4.3 GB of disk. Ends with 1 when more was taken.`;

const ALLOWED_BEYOND_WEIGHTS = 2e9;
const LAYOUTS = ['diffusers', 'original'] as const;
const PRECISIONS = ['fp16', 'fp32'] as const;

interface Measured {
  readonly layout: string;
  readonly precision: string;
  readonly weightMB: number;
  readonly peakMB: number;
  readonly allowedMB: number;
}

async function weightBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.safetensors'));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function measure(layout: string, precision: string): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'crossweave-weights-'));
  try {
    const written = ['--out', folder, '--layout', layout, '--dtype', precision];
    await runScript('tools/weights/main.ts', written);
    const model = layout === 'original' ? join(folder, 'model.safetensors') : folder;
    const told = await runScript('tools/weights/forward.ts', ['--model', model]);
    const peaks = [...told.matchAll(/(\d+) MB peak$/gm)].map(([, peak]) => Number(peak));
    const bytes = await weightBytes(folder);
    return {
      layout,
      precision,
      weightMB: Math.round(bytes / 1e6),
      peakMB: Math.max(...peaks),
      allowedMB: Math.round((bytes + ALLOWED_BEYOND_WEIGHTS) / 1e6),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell) => String(cell).padStart(12)).join('');
}

async function main(args: readonly string[]): Promise<number> {
  const { json, help } = parseOptions({
    args: [...args],
    options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  }).values;
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const all: Measured[] = [];
  if (!json) console.log(row(['layout', 'precision', 'weights MB', 'peak MB', 'allowed MB']));
  for (const layout of LAYOUTS) {
    for (const precision of PRECISIONS) {
      const one = await measure(layout, precision);
      all.push(one);
      if (!json) console.log(row(Object.values(one)));
    }
  }
  if (json) console.log(JSON.stringify(all));
  return all.every(({ peakMB, allowedMB }) => peakMB <= allowedMB) ? 0 : 1;
}

await runCommand(main);
