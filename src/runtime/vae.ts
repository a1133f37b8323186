import { LARGEST_WHOLE, TILE_SIDE } from '../diffusion/forecast-facts.js';
import { AppError } from '../core/errors.js';
import type { LatentFormat, Vae } from '../diffusion/ports.js';
import type { Tensor } from '../tensor/tensor.js';
import type { InferenceRunner } from './inference.js';
import { decodedPreview, fittedPreview, roughPreview } from './latent-preview.js';
import { lazySession } from './lazy-session.js';
import type { Network } from './models/network.js';
import { loadedPreview, openSight } from './preview-sight.js';
import { decodeInTiles, decodeWithinMemory } from './tiled-decode.js';
import { VAE_NAMES, type VaeGraphs } from './models/vae-graph.js';

/** What an autoencoder is made of. */
export interface VaeParts {
  readonly id: string;
  readonly graphs: VaeGraphs;
  readonly runner: InferenceRunner;
}

/** An autoencoder as the port that the nodes use, with the claim that its user has to give back. */
export interface LoadedVae {
  readonly vae: Vae;
  release(): Promise<void>;
}

/** An autoencoder whose two sessions are made when first needed. */
export function createVae({ id, graphs, runner }: VaeParts): LoadedVae {
  const load = (build: () => Network) =>
    lazySession(() => {
      const { graph, weights } = build();
      return runner.create(graph.toModel(), weights.files(), graph.externalBytes);
    });
  const encoder = load(graphs.buildEncoder);
  const decoder = load(graphs.buildDecoder);
  const decode = async (samples: Tensor): Promise<Tensor> => {
    checkShape('samples', samples, graphs.latentChannels, 1);
    return (await decoder.run({ [VAE_NAMES.latent]: samples }, [VAE_NAMES.pixels]))[
      VAE_NAMES.pixels
    ];
  };
  const encode = async (pixels: Tensor): Promise<Tensor> => {
    checkShape('pixels', pixels, 3, graphs.downscale);
    return (await encoder.run({ [VAE_NAMES.pixels]: pixels }, [VAE_NAMES.latent]))[
      VAE_NAMES.latent
    ];
  };
  const preview =
    graphs.isForPreviews === true
      ? decodedPreview(decode)
      : fittedPreview({ channels: graphs.latentChannels, downscale: graphs.downscale }, encode);
  const sight = openSight(id, preview);
  const format: LatentFormat = {
    channels: graphs.latentChannels,
    downscale: graphs.downscale,
    scalingFactor: graphs.scalingFactor,
    nativeSize: graphs.nativeSize,
    previewer: id,
    preview: sight.preview,
  };
  return {
    vae: {
      id,
      format,
      showThrough: sight.through,
      encode: (pixels, signal) => abortable(() => encode(pixels), signal),
      decode: (samples, signal, warn) =>
        abortable(async () => {
          const tiling = { ...TILES, downscale: graphs.downscale };
          const decoded = isLarge(samples)
            ? await decodeInTiles(samples, tiling, decode, signal)
            : await decodeWithinMemory(samples, graphs.downscale, decode, signal, warn);
          return finite(decoded, samples);
        }, signal),
    },
    release: async () => {
      sight.close();
      await Promise.all([encoder.release(), decoder.release()]);
    },
  };
}

/** A format whose previews are shown by the loaded autoencoder of that name: of latents that came from another thread. */
export function formatFrom(facts: Omit<LatentFormat, 'preview'>): LatentFormat {
  return {
    ...facts,
    preview: (samples) => (loadedPreview(facts.previewer) ?? roughPreview)(samples),
  };
}

const TILES = { side: TILE_SIDE, overlap: 16 };

/** Whether the decoder's feature maps would take gigabytes, so that the picture is decoded in tiles. */
function isLarge({ shape: [, , rows = 0, columns = 0] }: Tensor): boolean {
  return rows * columns > LARGEST_WHOLE ** 2;
}

/**
 * The decoded picture, unless it holds numbers that are none.
 * @throws AppError `input/invalid` that tells whether the latent was at fault or the decoder.
 */
async function finite(decoded: Tensor, samples: Tensor): Promise<Tensor> {
  if ((await decoded.read()).every(Number.isFinite)) return decoded;
  decoded.dispose();
  const isLatent = !(await samples.read()).every(Number.isFinite);
  throw new AppError({
    code: 'input/invalid',
    input: 'samples',
    reason: isLatent
      ? 'The latent holds NaN or infinite numbers, so there is no picture in it.'
      : 'The decoder gave NaN or infinite numbers for this latent, in full precision.',
    remedy: isLatent
      ? 'Lower the contrast or the guidance, or look at the passes before for where it began.'
      : 'Use another autoencoder by the node Load VAE.',
  });
}

async function abortable(run: () => Promise<Tensor>, signal: AbortSignal): Promise<Tensor> {
  signal.throwIfAborted();
  const result = await run();
  if (signal.aborted) result.dispose();
  signal.throwIfAborted();
  return result;
}

function checkShape(input: string, tensor: Tensor, channels: number, multiple: number): void {
  const [batch, found, height = 0, width = 0] = tensor.shape;
  const fits = height > 0 && width > 0 && height % multiple === 0 && width % multiple === 0;
  if (tensor.shape.length === 4 && batch === 1 && found === channels && fits) return;
  throw new AppError({
    code: 'input/invalid',
    input,
    reason: `The shape is [${tensor.shape.join(', ')}], but the autoencoder takes [1, ${String(channels)}, height, width] with sides in multiples of ${String(multiple)}.`,
    remedy: 'Connect what belongs to the same checkpoint, or choose another size.',
  });
}
