import { contentKey } from '../../src/core/engine/content-key.js';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import { createKvBank, type KvBank } from '../../src/diffusion/kv-bank.js';
import { createInversion, type InversionRequest } from '../../src/diffusion/inversion.js';
import { stableDiffusionScheduler } from '../../src/diffusion/noise-schedule.js';
import type {
  Conditioning,
  Denoiser,
  KeysValues,
  LatentFormat,
  MixedLayer,
} from '../../src/diffusion/ports.js';
import type { Inversion, Latent, Model } from '../../src/diffusion/sockets.js';
import { gaussian } from '../../src/tensor/philox.js';
import { cpuTensor, sizeOf, type Tensor } from '../../src/tensor/tensor.js';

/** A network whose noise is a formula of latent, timestep, prompt and foreign values, so that tests know every result. */
export interface AnalyticNetwork extends Denoiser {
  /** Timesteps of the forwards made, in order. */
  readonly forwards: readonly number[];
  readonly pairTimesteps: readonly number[];
}

const format: LatentFormat = {
  channels: 2,
  downscale: 8,
  scalingFactor: 1,
  nativeSize: 32,
  previewer: 'nobody',
  preview: () => Promise.resolve({ width: 0, height: 0, data: new Uint8ClampedArray(0) }),
};

const SHAPE = [1, 2, 4, 4] as const;

async function noiseOf(
  samples: Tensor,
  timesteps: readonly number[],
  prompt: Tensor,
): Promise<Tensor> {
  const values = await samples.read();
  const text = await prompt.read();
  const [batch = 1, ...rest] = samples.shape;
  const prompts = prompt.shape[0] ?? 1;
  const rows = Math.max(batch, prompts);
  const size = sizeOf(rest);
  const noise = Float32Array.from({ length: rows * size }, (_unused, i) => {
    const row = Math.floor(i / size);
    const value = values[i % values.length] ?? 0;
    return Math.tanh(value) + (timesteps[row % batch] ?? 0) / 2000 + (text[row % prompts] ?? 0);
  });
  return cpuTensor(noise, [rows, ...rest]);
}

const mixedLayers: readonly MixedLayer[] = [
  { name: 'half', downscale: 2, heads: 1, channels: 2 },
  { name: 'full', downscale: 1, heads: 1, channels: 2 },
];

async function keysValuesOf(samples: Tensor): Promise<KeysValues> {
  const values = await samples.read();
  const key = cpuTensor(values.slice(), [1, 16, 2]);
  const value = cpuTensor(
    values.map((one) => one / 2),
    [1, 16, 2],
  );
  return {
    layers: [
      { key, value },
      { key, value },
    ],
  };
}

/** A new network that has done no work. */
export function analyticNetwork(): AnalyticNetwork {
  const forwards: number[] = [];
  const pairTimesteps: number[] = [];
  let samplesSeen = 0;
  return {
    id: 'analytic',
    scheduler: stableDiffusionScheduler,
    latentChannels: 2,
    sampleSize: 4,
    mixedLayers,
    forwards,
    pairTimesteps,
    forkShare: () => 0.4,
    work: () => ({ sampleForwards: samplesSeen, pairs: pairTimesteps.length }),
    async predict({ samples, timesteps, promptEmbeds, capture, signal }) {
      signal.throwIfAborted();
      const noisePred = await noiseOf(samples, timesteps, promptEmbeds);
      const rows = noisePred.shape[0] ?? 0;
      for (let row = 0; row < rows; row += timesteps.length) forwards.push(...timesteps);
      samplesSeen += rows;
      const keysValues = capture?.keysValues ? await keysValuesOf(samples) : undefined;
      const queries = capture?.queries ? await keysValuesOf(samples) : undefined;
      return {
        noisePred,
        ...(keysValues && { keysValues }),
        ...(queries && {
          queries: {
            // A picture asks for its own cells: its queries are its keys.
            layers: queries.layers.flatMap(({ key }, i) => {
              const layer = mixedLayers[i];
              return layer ? [{ query: key, layer }] : [];
            }),
          },
        }),
      };
    },
    async predictPair({ samples, timestep, promptEmbeds, layers, signal }) {
      signal.throwIfAborted();
      pairTimesteps.push(timestep);
      samplesSeen += 1;
      const self = await noiseOf(samples, [timestep], promptEmbeds);
      const foreign = await Promise.all(
        layers.map(
          async ({ source, contrast }) =>
            (((await source?.value.read())?.[0] ?? 0) * contrast) / 10,
        ),
      );
      const shift = foreign.reduce((sum, one) => sum + one, 0);
      return { self, cross: cpuOps.affine(self, 1, shift) };
    },
  };
}

/** A prompt whose embedding is one number. */
export function prompt(text: string, value: number): Conditioning {
  return {
    key: contentKey(text),
    prompt: text,
    promptEmbeds: cpuTensor(Float32Array.of(value), [1, 1, 1]),
    words: [],
  };
}

/** The model around a network, with a checkpoint that counts claims. */
export function modelOf(denoiser: Denoiser): Model & { readonly claims: () => number } {
  let claims = 1;
  const checkpoint = {
    byteLength: 0,
    retain() {
      claims += 1;
      return checkpoint;
    },
    dispose() {
      claims -= 1;
    },
  };
  return { denoiser, freeU: undefined, checkpoint, claims: () => claims };
}

/** The latent of a picture that is told by a number. */
export function pictureLatent(picture: number): Latent {
  return {
    samples: cpuTensor(gaussian(99n, picture, sizeOf(SHAPE)), SHAPE),
    key: `picture ${String(picture)}`,
    format,
  };
}

/** An inversion of picture 0 with 100 steps, 32 of them skipped; `changes` replaces parts of the request. */
export function invertPicture(
  network: Denoiser,
  bank: KvBank = createKvBank(2 ** 20),
  changes: Partial<InversionRequest> = {},
): Promise<Inversion> {
  const request: InversionRequest = {
    ops: cpuOps,
    bank,
    model: modelOf(network),
    positive: prompt('a cat', 0.1),
    negative: prompt('', 0),
    samples: pictureLatent(0),
    axis: { steps: 100, skip: 32 },
    cfg: 3.5,
    seed: 42n,
    noiseStream: 0,
    ...changes,
  };
  return createInversion(request, new AbortController().signal, () => undefined);
}
