import { AppError } from '../core/errors.js';
import type {
  DenoiserPairRequest,
  DenoiserRequest,
  MixedLayer,
  SourceRegion,
} from '../diffusion/ports.js';
import { cpuTensor, type CpuTensor, type Tensor } from '../tensor/tensor.js';
import type { ControlTensor, Feeds } from './inference.js';
import { CLIP_INPUTS, mixInputs } from './models/mixed-attention.js';
import { UNET_NAMES } from './models/unet-names.js';
import type { UnetConfig } from './models/unet-config.js';

// These are the same objects in every run, so that a runner may keep them on its device.
const NOTHING = cpuTensor(new Float32Array(1), [1, 1, 1]);
const NO = bool([], 0);
const YES = bool([], 1);
const NOT_FOREIGN = bool([1, 1, 1], 0);
const FOREIGN = bool([1, 1, 1], 1);
const PAIR_ROWS: ControlTensor = { type: 'int32', data: Int32Array.of(0, 0), shape: [2] };
const ZERO = cpuTensor(Float32Array.of(0), [1]);
const ONE = cpuTensor(Float32Array.of(1), [1]);
const CLIPPED = { [CLIP_INPUTS.low]: scalar(0), [CLIP_INPUTS.high]: scalar(1) };
const FREE = { [CLIP_INPUTS.low]: scalar(-3e38), [CLIP_INPUTS.high]: scalar(3e38) };

function bool(shape: readonly number[], ...data: readonly number[]): ControlTensor {
  return { type: 'bool', data: Uint8Array.from(data), shape };
}

function scalar(value: number): CpuTensor {
  return cpuTensor(Float32Array.of(value), []);
}

/** Inputs that leave a layer to one source. */
function wholeFeeds(layer: number): Feeds {
  const inputs = mixInputs(layer);
  return {
    [inputs.parted]: NO,
    [inputs.share]: NOTHING,
    [inputs.underShare]: NOTHING,
    [inputs.underKey]: NOTHING,
    [inputs.underValue]: NOTHING,
  };
}

/** Inputs that part a layer among its source, the one under it and its own. */
function regionFeeds(
  layer: number,
  { share, underShare, under }: SourceRegion,
  own: Tensor,
): Feeds {
  const inputs = mixInputs(layer);
  return {
    [inputs.parted]: YES,
    [inputs.share]: share,
    [inputs.underShare]: underShare,
    // Its share is 0 everywhere, but it must have a shape that attention can be made of.
    [inputs.underKey]: under?.key ?? own,
    [inputs.underValue]: under?.value ?? own,
  };
}

const FIRST_ROW: ControlTensor = { type: 'int32', data: Int32Array.of(0), shape: [1] };

/** int32 0, 1, .. `count` times, modulo the number of samples. */
function rowNumbers(count: number, samples = count): ControlTensor {
  if (count === 1) return FIRST_ROW;
  const data = Int32Array.from({ length: count }, (_unused, row) => row % samples);
  return { type: 'int32', data, shape: [count] };
}

/** Inputs that make a pass a plain one of so many samples and prompts: nothing mixed, nothing contrasted. */
export function plainFeeds(
  layers: number,
  { samples, rows }: { readonly samples: number; readonly rows: number },
  wantsTextMap: boolean,
): Feeds {
  const feeds: Record<string, Tensor | ControlTensor> = {
    ...CLIPPED,
    [UNET_NAMES.wantsTextMap]: wantsTextMap ? YES : NO,
    [UNET_NAMES.textRows]: rowNumbers(rows, samples),
    [UNET_NAMES.rows]: rowNumbers(rows),
  };
  for (let index = 0; index < layers; index++) {
    const inputs = mixInputs(index);
    feeds[inputs.key] = NOTHING;
    feeds[inputs.value] = NOTHING;
    feeds[inputs.mixed] = NO;
    feeds[inputs.foreign] = NOT_FOREIGN;
    feeds[inputs.contrasted] = NO;
    feeds[inputs.contrast] = ONE;
    feeds[inputs.offset] = ZERO;
    Object.assign(feeds, wholeFeeds(index));
  }
  return feeds;
}

/**
 * Inputs that fork a pass into a self row and a cross row.
 * @throws AppError `input/invalid` when keys or values do not fit the layers at the samples' size.
 */
export function pairFeeds(
  mixedLayers: readonly MixedLayer[],
  { layers, samples, clip }: Pick<DenoiserPairRequest, 'layers' | 'samples' | 'clip'>,
): Feeds {
  if (layers.length !== mixedLayers.length) {
    throw inputError('layers', `The network has ${String(mixedLayers.length)} mixed layers.`);
  }
  const [, , height = 0, width = 0] = samples.shape;
  const feeds: Record<string, Tensor | ControlTensor> = {
    ...(clip ? CLIPPED : FREE),
    [UNET_NAMES.wantsTextMap]: NO,
    [UNET_NAMES.textRows]: FIRST_ROW,
    [UNET_NAMES.rows]: PAIR_ROWS,
  };
  mixedLayers.forEach((layer, index) => {
    const { source, contrast = 1, region } = layers[index] ?? {};
    const tokens = (height / layer.downscale) * (width / layer.downscale);
    if (source !== undefined) {
      checkSource(layer, source.key, tokens);
      checkSource(layer, source.value, tokens);
    }
    const inputs = mixInputs(index);
    feeds[inputs.key] = source?.key ?? NOTHING;
    feeds[inputs.value] = source?.value ?? NOTHING;
    feeds[inputs.mixed] = source === undefined && contrast === 1 ? NO : YES;
    feeds[inputs.foreign] = source === undefined ? NOT_FOREIGN : FOREIGN;
    feeds[inputs.contrasted] = contrast === 1 ? NO : YES;
    feeds[inputs.contrast] = cpuTensor(Float32Array.of(contrast), [1]);
    feeds[inputs.offset] = cpuTensor(Float32Array.of((1 - contrast) / tokens), [1]);
    if (region?.under) {
      checkSource(layer, region.under.key, tokens);
      checkSource(layer, region.under.value, tokens);
    }
    Object.assign(
      feeds,
      region && source ? regionFeeds(index, region, source.value) : wholeFeeds(index),
    );
  });
  return feeds;
}

function checkSource({ name, channels }: MixedLayer, tensor: Tensor, tokens: number): void {
  const wanted = [1, tokens, channels];
  if (tensor.shape.join() === wanted.join()) return;
  throw inputError(
    'layers',
    `Keys and values for ${name} are [${tensor.shape.join(', ')}], but must be [${wanted.join(', ')}]; both pictures must have the same size.`,
  );
}

/**
 * Holds latents, timesteps and prompts against the network's configuration; gives the number of samples, and of rows: one for
 * each sample, or for each prompt where a sample has several.
 * @throws AppError `input/invalid` naming the shapes seen and wanted.
 */
export function checkRequest(
  config: UnetConfig,
  {
    samples,
    timesteps,
    promptEmbeds,
  }: Pick<DenoiserRequest, 'samples' | 'timesteps' | 'promptEmbeds'>,
): { readonly samples: number; readonly rows: number } {
  const [batch = 0, channels, height = 0, width = 0] = samples.shape;
  if (samples.shape.length !== 4 || channels !== config.inChannels || batch === 0) {
    throw inputError(
      'samples',
      `The latents are [${samples.shape.join(', ')}], but the network takes [batch, ${String(config.inChannels)}, height, width].`,
    );
  }
  const step = 2 ** (config.blockChannels.length - 1);
  if (height % step !== 0 || width % step !== 0 || height * width === 0) {
    throw inputError(
      'samples',
      `Latents of ${String(height)} by ${String(width)} do not fit; both sides must be multiples of ${String(step)}.`,
    );
  }
  if (timesteps.length !== batch) {
    throw inputError('timesteps', `${String(batch)} latents need as many timesteps.`);
  }
  const [prompts = 0, , textWidth] = promptEmbeds.shape;
  if (textWidth !== config.textWidth || (prompts !== 1 && prompts % batch !== 0)) {
    throw inputError(
      'promptEmbeds',
      `The prompt is [${promptEmbeds.shape.join(', ')}], but the network takes [1 or a multiple of ${String(batch)}, tokens, ${String(config.textWidth)}]; use the text encoder of the same checkpoint.`,
    );
  }
  return { samples: batch, rows: Math.max(batch, prompts) };
}

/** The refusal of an input that does not fit the network. */
export function inputError(input: string, reason: string): AppError {
  const remedy = 'Connect what belongs to the same checkpoint and size.';
  return new AppError({ code: 'input/invalid', input, reason, remedy });
}
