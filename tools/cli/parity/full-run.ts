import { adainLatent } from '../../../src/diffusion/adain-latent.js';
import { crossImageStep } from '../../../src/diffusion/cross-image-step.js';
import { cpuOps } from '../../../src/diffusion/cpu-ops.js';
import { denoiseStep } from '../../../src/diffusion/denoise-step.js';
import { createKvBank } from '../../../src/diffusion/kv-bank.js';
import type { Checkpoint } from '../../../src/diffusion/ports.js';
import { createReference } from '../../../src/diffusion/reference.js';
import { createSchedule } from '../../../src/diffusion/schedule.js';
import type { Latent, NoisePred, Reference } from '../../../src/diffusion/sockets.js';
import type { Tensor } from '../../../src/tensor/tensor.js';
import { recordedMask } from './full-run-arithmetic.js';
import { recordedSettings, type FullRunMeta } from './full-run-settings.js';
import { openGolden, type GoldenFile } from './golden-file.js';
import {
  invertRecorded,
  recordedModel,
  recordedPrompt,
  sampleAt,
  type InversionMeta,
} from './recorded-run.js';
import { absoluteRow, relativeRow, type Row } from './row.js';

const BANK_BYTES = 2 ** 29;
const TOLERANCE = 1e-4;
const BATCH = 3;

/** One recorded run, being repeated. */
interface Run {
  readonly golden: GoldenFile<FullRunMeta>;
  readonly checkpoint: Checkpoint;
  readonly prompt: ReturnType<typeof recordedPrompt>;
  readonly appearance: Reference;
  readonly structure: Reference;
  readonly signal: AbortSignal;
}

/** The recorded values of OUT, APP and STRUCT against ours. */
async function branchRows(
  golden: GoldenFile<FullRunMeta>,
  name: string,
  label: string,
  found: readonly [out: Tensor, app: Tensor, struct: Tensor],
): Promise<readonly Row[]> {
  if (!golden.has(name)) return [];
  const rows: Row[] = [];
  for (const [sample, picture] of ['OUT', 'APP', 'STRUCT'].entries()) {
    const expected = sampleAt(golden.f32(name), BATCH, sample);
    const values = await found[sample]?.read();
    rows.push(relativeRow(`${label} of ${picture}`, values ?? [], expected, TOLERANCE));
  }
  return rows;
}

/** The noise of a pass against the recorded noise, swap and no swap. */
async function noiseRows(
  { golden, appearance, structure, signal }: Run,
  index: number,
  cross: NoisePred,
  self: NoisePred,
): Promise<readonly Row[]> {
  const at = String(index);
  if (!golden.has(`eps_s/${at}`)) return [];
  const app = (await appearance.at(index).prediction({}, signal)).noisePred;
  const struct = (await structure.at(index).prediction({}, signal)).noisePred;
  return [
    ...(await branchRows(golden, `eps_x/${at}`, `pass ${at}, swap: noise`, [
      cross.noisePred,
      app,
      struct,
    ])),
    ...(await branchRows(golden, `eps_s/${at}`, `pass ${at}, no swap: noise`, [
      self.noisePred,
      app,
      struct,
    ])),
  ];
}

/** The loop with the recorded settings; every recorded pass becomes rows. Returns the last latent of OUT. */
async function loop(
  run: Run,
  noise: Parameters<typeof denoiseStep>[4],
  rows: Row[],
): Promise<Latent> {
  const { golden, checkpoint, prompt, appearance, structure, signal } = run;
  const schedule = createSchedule(recordedSettings(golden.meta));
  const masks = golden.meta.config.masked_adain
    ? { content: recordedMask(golden, 'struct'), style: recordedMask(golden, 'app') }
    : undefined;
  let samples = noise.latentAt(0);
  for (let i = schedule.first; i < schedule.end; i++) {
    const step = noise.step(i);
    const slice = schedule.at(i);
    const [app, struct] = [appearance.at(i), structure.at(i)];
    const { cross, self } = await crossImageStep(
      {
        model: recordedModel(checkpoint),
        positive: prompt,
        samples,
        step,
        schedule: slice,
        appearance: app,
        structure: struct,
      },
      signal,
    );
    rows.push(...(await noiseRows(run, i, cross, self)));
    const isGuided = slice.guidance !== undefined && cross.key !== self.key;
    const guided = isGuided
      ? {
          ...cross,
          noisePred: cpuOps.guide(self.noisePred, cross.noisePred, slice.guidance),
          key: `guided ${cross.key}`,
        }
      : cross;
    samples = await denoiseStep(cpuOps, samples, guided, step, noise, signal);
    const before = `pre_adain/${String(i)}`;
    if (golden.has(before)) {
      const values = await samples.samples.read();
      const label = `pass ${String(i)}: OUT before AdaIN`;
      rows.push(relativeRow(label, values, golden.f32(before), TOLERANCE));
    }
    if (slice.adain > 0) {
      const style = await app.nextLatent(signal);
      samples = await adainLatent(cpuOps, samples, style, masks, () => undefined);
    }
    const after = `lat/${String(i)}`;
    if (!golden.has(after)) continue;
    const branches = [await app.nextLatent(signal), await struct.nextLatent(signal)] as const;
    rows.push(
      ...(await branchRows(golden, after, `after pass ${String(i)}: latent`, [
        samples.samples,
        branches[0].samples,
        branches[1].samples,
      ])),
    );
  }
  return samples;
}

/** Decoded pictures against the recorded ones. */
async function pictureRows(
  { golden, checkpoint, signal }: Run,
  latents: readonly Tensor[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const images = golden.u8('images_u8');
  for (const [sample, latent] of latents.entries()) {
    const pixels = await (await checkpoint.vae.decode(latent, signal)).read();
    const name = ['OUT', 'APP', 'STRUCT'][sample] ?? '';
    if (sample === 0 && golden.has('decoded_out')) {
      rows.push(relativeRow('OUT decoded', pixels, golden.f32('decoded_out'), 2 * TOLERANCE));
    }
    const area = pixels.length / 3;
    const levels = Uint8ClampedArray.from(
      { length: pixels.length },
      (_unused, i) => ((pixels[(i % 3) * area + Math.floor(i / 3)] ?? 0) / 2 + 0.5) * 255,
    );
    rows.push(absoluteRow(`${name}, 8-bit picture`, levels, sampleAt8(images, sample), 1));
  }
  return rows;
}

function sampleAt8(images: Uint8Array, sample: number): Uint8Array {
  const size = images.length / BATCH;
  return images.subarray(sample * size, (sample + 1) * size);
}

/** `full_run_*`: the whole method from the recorded latents of the pictures, through the network. */
export async function fullRunRows(
  directory: string,
  name: string,
  checkpoint: Checkpoint,
): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<FullRunMeta>(directory, name);
  if (!golden) return undefined;
  const recorded = await openGolden<InversionMeta>(directory, golden.meta.config.inversion);
  if (!recorded) return undefined;
  const bank = createKvBank(BANK_BYTES);
  const signal = new AbortController().signal;
  const prompt = recordedPrompt(recorded, 'text_cond');
  const inversions = {
    app: await invertRecorded(recorded, 'app', checkpoint, bank),
    struct: await invertRecorded(recorded, 'struct', checkpoint, bank),
  };
  const branch = (picture: 'app' | 'struct'): Reference =>
    createReference({
      ops: cpuOps,
      bank,
      model: recordedModel(checkpoint),
      positive: prompt,
      inversion: inversions[picture],
      source: 'replay',
    });
  const run: Run = {
    golden,
    checkpoint,
    prompt,
    appearance: branch('app'),
    structure: branch('struct'),
    signal,
  };
  const start = [inversions.struct, inversions.app, inversions.struct] as const;
  const [out, app, struct] = start.map((one) => one.latentAt(0).samples);
  const rows: Row[] = [];
  if (out && app && struct)
    rows.push(...(await branchRows(golden, 'init', 'start', [out, app, struct])));
  const result = await loop(run, inversions.struct, rows);
  const last = run.appearance.end - 1;
  rows.push(
    ...(await pictureRows(run, [
      result.samples,
      (await run.appearance.at(last).nextLatent(signal)).samples,
      (await run.structure.at(last).nextLatent(signal)).samples,
    ])),
  );
  run.appearance.dispose();
  run.structure.dispose();
  inversions.app.dispose();
  inversions.struct.dispose();
  return rows;
}
