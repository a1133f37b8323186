import { AppError } from '../core/errors.js';
import type {
  DenoiserPairRequest,
  DenoiserRequest,
  ForeignTokens,
  MixedLayer,
  SourceRegion,
} from '../diffusion/ports.js';
import { cpuTensor, type CpuTensor, type Tensor } from '../tensor/tensor.js';
import type { ControlTensor, Feeds } from './inference.js';
import { CLIP_INPUTS, CROSS_ALONE, GENERAL_INPUTS, mixInputs } from './models/mix-inputs.js';
import { UNET_NAMES } from './models/unet-names.js';
import type { UnetConfig } from './models/unet-config.js';

// These are the same objects in every run, so that a runner may keep them on its device.
/** Farther than any weight. */
const UNBOUND = 3e38;
const NOTHING = cpuTensor(new Float32Array(1), [1, 1, 1]);
/** The scalar false, and true. */
export const NO = bool([], 0);
export const YES = bool([], 1);
const NOT_FOREIGN = bool([1, 1, 1], 0);
const FOREIGN = bool([1, 1, 1], 1);
const PAIR_ROWS: ControlTensor = { type: 'int32', data: Int32Array.of(0, 0), shape: [2] };
const ZERO = cpuTensor(Float32Array.of(0), [1]);
const ONE = cpuTensor(Float32Array.of(1), [1]);
const [NONE, FULL] = [scalar(0), scalar(1)];
const CLIPPED = { [CLIP_INPUTS.low]: NONE, [CLIP_INPUTS.high]: FULL };
const NO_BIAS = cpuTensor(new Float32Array(1), [1, 1, 1, 1]);
const NOT_SHARED = { [GENERAL_INPUTS.besideOwn]: NO, [GENERAL_INPUTS.renormalize]: NONE };
const FREE = { [CLIP_INPUTS.low]: scalar(-UNBOUND), [CLIP_INPUTS.high]: scalar(UNBOUND) };

function bool(shape: readonly number[], ...data: readonly number[]): ControlTensor {
  return { type: 'bool', data: Uint8Array.from(data), shape };
}

function scalar(value: number): CpuTensor {
  return cpuTensor(Float32Array.of(value), []);
}

/** The bounds of `β s + offset` as bounds of `s`; where β is 0, of nothing. */
function boundFeeds(layer: number, contrast: number, offset: number, clip: boolean): Feeds {
  const inputs = mixInputs(layer);
  const isBound = clip && contrast !== 0;
  const [a, b] = isBound ? [-offset / contrast, (1 - offset) / contrast] : [-UNBOUND, UNBOUND];
  return { [inputs.low]: scalar(Math.min(a, b)), [inputs.high]: scalar(Math.max(a, b)) };
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
    [inputs.underOffset]: ZERO,
  };
}

/** Inputs that leave a layer to as many keys as it has cells, none of them preferred. */
function equalFeeds(layer: number): Feeds {
  const inputs = mixInputs(layer);
  return { [inputs.general]: NO, [inputs.bias]: NO_BIAS, [inputs.underBias]: NO_BIAS };
}

/** Inputs for keys of any number with a bias each, after `own` keys without one. */
function generalFeeds(
  layer: number,
  source: ForeignTokens,
  under: ForeignTokens | undefined,
  own: number,
): Feeds {
  const inputs = mixInputs(layer);
  const bias = (tokens: ForeignTokens): CpuTensor => {
    const values = new Float32Array(own + (tokens.key.shape[1] ?? 0));
    if (tokens.bias) values.set(tokens.bias, own);
    return cpuTensor(values, [1, 1, 1, values.length]);
  };
  return {
    [inputs.general]: YES,
    [inputs.bias]: bias(source),
    [inputs.underBias]: bias(under ?? source),
  };
}

/** Inputs that part a layer among its source, the one under it and its own. */
function regionFeeds(
  layer: number,
  { share, underShare, under }: SourceRegion,
  source: ForeignTokens,
  offset: (tokens: ForeignTokens) => CpuTensor,
): Feeds {
  const inputs = mixInputs(layer);
  return {
    [inputs.parted]: YES,
    [inputs.share]: share,
    [inputs.underShare]: underShare,
    // Its share is 0 everywhere, but it must have a shape that attention can be made of.
    [inputs.underKey]: (under ?? source).key,
    [inputs.underValue]: (under ?? source).value,
    [inputs.underOffset]: offset(under ?? source),
  };
}

const FIRST_ROW: ControlTensor = { type: 'int32', data: Int32Array.of(0), shape: [1] };

/** int32 0, 1, .. `count` times, modulo the number of samples. */
function rowNumbers(count: number, samples = count): ControlTensor {
  if (count === 1) return FIRST_ROW;
  const data = Int32Array.from({ length: count }, (_unused, row) => row % samples);
  return { type: 'int32', data, shape: [count] };
}

const plain = new Map<string, Feeds>();

/** Inputs that make a pass a plain one of so many samples and prompts: nothing mixed, nothing contrasted. */
export function plainFeeds(
  layers: number,
  size: { readonly samples: number; readonly rows: number },
  wantsTextMap: boolean,
): Feeds {
  const key = [layers, size.samples, size.rows, wantsTextMap].join();
  const feeds = plain.get(key) ?? makePlainFeeds(layers, size, wantsTextMap);
  plain.set(key, feeds);
  return feeds;
}

function makePlainFeeds(
  layers: number,
  { samples, rows }: { readonly samples: number; readonly rows: number },
  wantsTextMap: boolean,
): Feeds {
  const feeds: Record<string, Tensor | ControlTensor> = {
    ...CLIPPED,
    ...NOT_SHARED,
    [CROSS_ALONE]: NO,
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
    feeds[inputs.low] = CLIPPED[CLIP_INPUTS.low];
    feeds[inputs.high] = CLIPPED[CLIP_INPUTS.high];
    Object.assign(feeds, wholeFeeds(index), equalFeeds(index));
  }
  return feeds;
}

/**
 * Inputs that fork a pass into a self row and a cross row.
 * @throws AppError `input/invalid` when keys or values do not fit the layers at the samples' size.
 */
export function pairFeeds(
  mixedLayers: readonly MixedLayer[],
  request: Pick<DenoiserPairRequest, 'layers' | 'samples' | 'clip' | 'renormalize' | 'besideOwn'>,
): Feeds {
  const { layers, samples, clip, renormalize = false, besideOwn = false } = request;
  if (layers.length !== mixedLayers.length) {
    throw inputError('layers', `The network has ${String(mixedLayers.length)} mixed layers.`);
  }
  const [, , height = 0, width = 0] = samples.shape;
  const feeds: Record<string, Tensor | ControlTensor> = {
    ...(clip ? CLIPPED : FREE),
    [CROSS_ALONE]: NO,
    [GENERAL_INPUTS.besideOwn]: besideOwn ? YES : NO,
    [GENERAL_INPUTS.renormalize]: renormalize ? FULL : NONE,
    [UNET_NAMES.wantsTextMap]: NO,
    [UNET_NAMES.textRows]: FIRST_ROW,
    [UNET_NAMES.rows]: PAIR_ROWS,
  };
  mixedLayers.forEach((layer, index) => {
    const { source, contrast = 1, region } = layers[index] ?? {};
    const cells = (height / layer.downscale) * (width / layer.downscale);
    for (const tokens of [source, region?.under]) if (tokens) checkSource(layer, tokens, cells);
    const inputs = mixInputs(index);
    const own = besideOwn ? cells : 0;
    const offset = (tokens: ForeignTokens | undefined): CpuTensor =>
      cpuTensor(Float32Array.of((1 - contrast) / (own + (tokens?.key.shape[1] ?? cells))), [1]);
    feeds[inputs.key] = source?.key ?? NOTHING;
    feeds[inputs.value] = source?.value ?? NOTHING;
    feeds[inputs.mixed] = source === undefined && contrast === 1 ? NO : YES;
    feeds[inputs.foreign] = source === undefined ? NOT_FOREIGN : FOREIGN;
    feeds[inputs.contrasted] = contrast === 1 ? NO : YES;
    feeds[inputs.contrast] = cpuTensor(Float32Array.of(contrast), [1]);
    feeds[inputs.offset] = offset(source);
    const isGeneral = besideOwn || renormalize || (source ?? region?.under)?.bias !== undefined;
    Object.assign(
      feeds,
      region && source ? regionFeeds(index, region, source, offset) : wholeFeeds(index),
      boundFeeds(index, contrast, (1 - contrast) / cells, clip),
      source && isGeneral ? generalFeeds(index, source, region?.under, own) : equalFeeds(index),
    );
  });
  return feeds;
}

/** Inputs of a pair that leave only its cross row. */
export function aloneFeeds(pair: Feeds): Feeds {
  return { ...pair, [CROSS_ALONE]: YES, [UNET_NAMES.rows]: FIRST_ROW };
}

/** As many keys and values as there are biases; where there are none, as many as cells. */
function checkSource(
  { name, channels }: MixedLayer,
  { key, value, bias }: ForeignTokens,
  cells: number,
): void {
  const wanted = [1, bias?.length ?? cells, channels];
  for (const { shape } of [key, value]) {
    if (shape.join() === wanted.join()) continue;
    throw inputError(
      'layers',
      `Keys and values for ${name} are [${shape.join(', ')}], but must be [${wanted.join(', ')}]; both pictures must have the same size.`,
    );
  }
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
