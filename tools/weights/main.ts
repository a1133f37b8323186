import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { networkShapes, type Shapes } from './network-shapes.js';
import { originalPlans } from './original-plans.js';
import { SMALL_STABLE_DIFFUSION, STABLE_DIFFUSION_15 } from './stable-diffusion.js';
import { writeWeights, type TensorPlan, type WeightType } from './write-weights.js';

const USAGE = `Usage: node --import tsx tools/weights/main.ts --out FOLDER [--layout diffusers|original] [--dtype fp16|fp32] [--seed N] [--small]

Writes random weights in the shape of Stable Diffusion 1.5 (1,066 million numbers): a folder in the layout of diffusers, or
model.safetensors in the original layout. The same seed gives the same numbers in every layout and precision. They draw
nothing; they show that models of this size load, and what they compute. With --small every layer is an eighth as wide and
pictures have 256 pixels: the same blocks, for measuring whole transfers.`;

const FOLDERS = {
  unet: 'diffusion_pytorch_model',
  vae: 'diffusion_pytorch_model',
  text_encoder: 'model',
} as const;

/** Convolutions of kernel 1 that builders also take as matrices: the published files have them as convolutions. */
function publishedShape(key: string, shape: readonly number[]): readonly number[] {
  return /\.proj_(in|out)\.weight$/.test(key) ? [...shape, 1, 1] : shape;
}

function plansOf(shapes: Shapes): readonly TensorPlan[] {
  return [...shapes].map(([key, shape]) => ({
    key,
    shape: publishedShape(key, shape),
    drawnAs: key,
  }));
}

async function writeFolder(
  out: string,
  configs: typeof STABLE_DIFFUSION_15 | typeof SMALL_STABLE_DIFFUSION,
  type: WeightType,
  seed: number,
): Promise<void> {
  const shapes = networkShapes(configs);
  for (const [folder, stem] of Object.entries(FOLDERS) as [keyof typeof FOLDERS, string][]) {
    await mkdir(join(out, folder), { recursive: true });
    await writeFile(join(out, folder, 'config.json'), JSON.stringify(configs[folder], null, 2));
    const path = join(out, folder, `${stem}.safetensors`);
    await writeWeights(path, plansOf(shapes[folder]), type, seed);
    console.log(path);
  }
  await mkdir(join(out, 'scheduler'), { recursive: true });
  const scheduler = JSON.stringify(configs.scheduler, null, 2);
  await writeFile(join(out, 'scheduler/scheduler_config.json'), scheduler);
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { out: text, layout: text, dtype: text, seed: text, small: { type: 'boolean' } },
  });
  const { out, layout = 'diffusers', dtype = 'fp32', seed = '0' } = values;
  const isKnown =
    ['diffusers', 'original'].includes(layout) && (dtype === 'fp16' || dtype === 'fp32');
  if (out === undefined || !isKnown || !/^\d{1,9}$/.test(seed)) {
    console.error(USAGE);
    return 2;
  }
  const configs = values.small === true ? SMALL_STABLE_DIFFUSION : STABLE_DIFFUSION_15;
  await mkdir(out, { recursive: true });
  if (layout === 'diffusers') {
    await writeFolder(out, configs, dtype, Number(seed));
    return 0;
  }
  const path = join(out, 'model.safetensors');
  const shapes = networkShapes(configs);
  await writeWeights(path, originalPlans(configs, shapes), dtype, Number(seed));
  console.log(path);
  return 0;
}

process.exitCode = await main();
