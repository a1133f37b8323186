import { createInversion } from '../../../src/diffusion/inversion.js';
import { cpuOps } from '../../../src/diffusion/cpu-ops.js';
import { referenceFreeU } from '../../../src/diffusion/free-u.js';
import type { KvBank } from '../../../src/diffusion/kv-bank.js';
import type { Checkpoint, Conditioning } from '../../../src/diffusion/ports.js';
import type { Inversion, Model } from '../../../src/diffusion/sockets.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import type { GoldenFile } from './golden-file.js';

/** What `inversion_*.json` says of the two recorded inversions. */
export interface InversionMeta {
  readonly num_steps: number;
  readonly skip: number;
  readonly cfg: number;
  readonly prompt: string;
  readonly noise: { readonly kind: string; readonly seed: number };
}

/** The recorded pictures, in the order of the noise streams. */
export const PICTURES = ['app', 'struct'] as const;

/** One of the two recorded pictures. */
export type PictureName = (typeof PICTURES)[number];

/** The network with FreeU as the reference code has it. */
export function recordedModel(checkpoint: Checkpoint): Model {
  return { denoiser: checkpoint.denoiser, freeU: referenceFreeU, checkpoint };
}

/** A recorded prompt embedding `[tokens, width]` as conditioning. */
export function recordedPrompt(
  golden: GoldenFile<InversionMeta>,
  name: 'text_cond' | 'text_uncond',
): Conditioning {
  const promptEmbeds = cpuTensor(golden.f32(name), [1, ...golden.shape(name)]);
  const prompt = name === 'text_cond' ? golden.meta.prompt : '';
  return { key: name, prompt, promptEmbeds, words: [] };
}

/** The inversion of a recorded picture from its recorded latent. */
export function invertRecorded(
  golden: GoldenFile<InversionMeta>,
  picture: PictureName,
  checkpoint: Checkpoint,
  bank: KvBank,
): Promise<Inversion> {
  const { num_steps, skip, cfg, noise } = golden.meta;
  const latent = `${picture}/w0`;
  return createInversion(
    {
      ops: cpuOps,
      bank,
      model: recordedModel(checkpoint),
      positive: recordedPrompt(golden, 'text_cond'),
      negative: recordedPrompt(golden, 'text_uncond'),
      samples: {
        samples: cpuTensor(golden.f32(latent), [1, ...golden.shape(latent)]),
        key: latent,
        format: checkpoint.vae.format,
      },
      axis: { steps: num_steps, skip },
      cfg,
      seed: BigInt(noise.seed),
      noiseStream: picture === 'app' ? 0 : 1,
    },
    new AbortController().signal,
    () => undefined,
  );
}

/** Sample `index` of recorded `[batch, ...]` values. */
export function sampleAt(values: Float32Array, batch: number, index: number): Float32Array {
  const size = values.length / batch;
  return values.subarray(index * size, (index + 1) * size);
}
