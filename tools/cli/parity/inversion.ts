import type { Checkpoint } from '../../../src/diffusion/ports.js';
import { createKvBank } from '../../../src/diffusion/kv-bank.js';
import { gaussian } from '../../../src/tensor/philox.js';
import { openGolden, type GoldenFile } from './golden-file.js';
import {
  invertRecorded,
  PICTURES,
  sampleAt,
  type InversionMeta,
  type PictureName,
} from './recorded-run.js';
import { relativeRow, type Row } from './row.js';

/** Distance between the recorded latents of a run that stores only some of them. */
const STRIDE = 4;

function noiseRow(golden: GoldenFile<InversionMeta>, picture: PictureName): Row {
  const { num_steps, skip, noise } = golden.meta;
  const recorded = golden.f32(`${picture}/noise`);
  const passes = num_steps - skip;
  const size = recorded.length / passes;
  const drawn = new Float32Array(recorded.length);
  for (let pass = 0; pass < passes; pass++) {
    const call = (picture === 'app' ? 1 : 2) * num_steps - 1 - (skip + pass);
    drawn.set(gaussian(BigInt(noise.seed), call, size), pass * size);
  }
  return relativeRow(`${picture}: noise`, drawn, recorded, 1e-5);
}

/** `inversion_*`: noise, sampled latents and noise maps of both pictures, through the network. */
export async function inversionRows(
  directory: string,
  name: string,
  checkpoint: Checkpoint,
): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<InversionMeta>(directory, name);
  if (!golden) return undefined;
  const signal = new AbortController().signal;
  const passes = golden.meta.num_steps - golden.meta.skip;
  const rows: Row[] = [];
  for (const picture of PICTURES) {
    rows.push(noiseRow(golden, picture));
    const inversion = await invertRecorded(golden, picture, checkpoint, createKvBank(0));
    const isComplete = golden.has(`${picture}/xts`);
    const stored = isComplete ? `${picture}/xts` : `${picture}/xts_sub`;
    const [count = 0] = golden.shape(stored);
    const latents = golden.f32(stored);
    const found = new Float32Array(latents.length);
    for (let j = 0; j < count; j++) {
      const latent = inversion.latentAt(Math.min(j * (isComplete ? 1 : STRIDE), passes));
      found.set(await latent.samples.read(), (j * latents.length) / count);
    }
    rows.push(relativeRow(`${picture}: latents`, found, latents, 1e-5));
    const recorded = golden.f32(`${picture}/zs`);
    const maps = new Float32Array(recorded.length);
    for (let pass = 0; pass < passes; pass++) {
      const map = await inversion.noiseMapAt(pass, signal);
      if (map) sampleAt(maps, passes, pass).set(await map.read());
    }
    rows.push(relativeRow(`${picture}: noise maps`, maps, recorded, 1e-4));
    inversion.dispose();
  }
  return rows;
}
