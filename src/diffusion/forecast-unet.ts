import type { WorkItem } from '../core/forecast/node-forecast.js';
import { AppError } from '../core/errors.js';
import { floatBytes, multiplyAdds, weightsInUse } from './forecast-facts.js';
import type { ModelForecast, PromptForecast } from './forecast-values.js';
import type { Capture } from './sockets.js';
import { forecastKey } from '../core/forecast/forecast-key.js';

type Shape = readonly number[];

function sizeOf({ facts }: ModelForecast, [, , height = 0, width = 0]: Shape) {
  return { height, width, textTokens: facts.text.tokens };
}

/** Plain forwards of so many latents of a shape. */
export function forwards(model: ModelForecast, shape: Shape, samples: number): WorkItem {
  const { unet, name } = model.facts;
  return {
    unit: 'unet',
    model: name,
    samples,
    equivalents: samples,
    multiplyAdds: samples * multiplyAdds(unet.work, sizeOf(model, shape)),
    weights: weightsInUse(`unet ${model.id}`, unet),
  };
}

/** One forward whose keys and values are kept, as those of branches are. */
export function branchForward(
  model: ModelForecast,
  shape: Shape,
  result: string,
  wants: readonly (keyof Capture)[],
): WorkItem {
  const keysValues = keysValuesBytes(model, shape);
  const keeps = {
    keysValues,
    ...(wants.includes('attention') && { attention: attentionBytes(model, shape) }),
    // A query of each cell, beside its key and its value.
    ...(wants.includes('queries') && { queries: keysValues / 2 }),
  };
  return { ...forwards(model, shape, 1), result, wants, keeps };
}

/** One forked forward: what both passes share is computed once. method.md 12. */
export function pairForward(model: ModelForecast, shape: Shape): WorkItem {
  const one = forwards(model, shape, 1);
  const size = sizeOf(model, shape);
  const forked = multiplyAdds(model.facts.unet.work, size, 'forked');
  const share = forked / one.multiplyAdds;
  return {
    ...one,
    pairs: 1,
    equivalents: 1 + share,
    multiplyAdds: one.multiplyAdds + forked,
  };
}

/** Bytes of the keys and values of all mixed layers. */
export function keysValuesBytes({ facts }: ModelForecast, shape: Shape): number {
  const [, , height = 0, width = 0] = shape;
  return facts.unet.mixedLayers.reduce(
    (sum, { downscale, channels }) =>
      sum + 2 * floatBytes([(height * width) / downscale ** 2, channels]),
    0,
  );
}

/** Bytes of the queries, keys and the text map that masks are made from. */
function attentionBytes({ facts }: ModelForecast, [, , height = 0, width = 0]: Shape): number {
  const full = facts.unet.mixedLayers.findLast(({ downscale }) => downscale === 1);
  const cells = height * width;
  return 2 * floatBytes([cells, full?.channels ?? 0]) + floatBytes([cells / 4, facts.text.tokens]);
}

/** Rows of keys and values of a prompt that are kept beside those of the batch at hand: one of plain forwards, two of pairs. */
const KEPT_PROMPT_ROWS = 3;

/** Bytes of what the text attentions make of a prompt, computed once and kept for so many rows of a batch. */
function promptBytes({ facts: { unet, text } }: ModelForecast, rows: number): number {
  // Attention counts a query with a key and with a value: as many numbers as both have for each token.
  const widths = unet.work
    .filter(({ extents }) => extents.includes('text'))
    .reduce((sum, { each }) => sum + each, 0);
  return floatBytes([rows, text.tokens, widths]);
}

/**
 * About the bytes that a forward takes beside weights, inputs and outputs: the skips of the encoder, the widest layer, what is kept
 * of prompts, and for a contrasted pair the attention map, which is made in pieces when it is large.
 */
export function forwardBytes(
  model: ModelForecast,
  [, , height = 0, width = 0]: Shape,
  rows: number,
  hasMap: boolean,
): number {
  const { unet } = model.facts;
  const cells = (level: number) => (height * width) / 4 ** level;
  const skips = unet.blockChannels.reduce(
    (sum, channels, level) => sum + floatBytes([unet.layersPerBlock + 1, channels, cells(level)]),
    0,
  );
  // A decoder block joins two maps beside the widest layer.
  const widest = Math.max(
    ...unet.blockChannels.map((channels, level) => floatBytes([10, channels, cells(level)])),
  );
  const prompts = promptBytes(model, rows + KEPT_PROMPT_ROWS);
  return rows * (skips + widest) + prompts + (hasMap ? attentionMap(unet, height * width) : 0);
}

/** Bytes of the attention map of a contrasted pair. */
function attentionMap({ mixedLayers }: ModelForecast['facts']['unet'], cells: number): number {
  const full = mixedLayers.findLast(({ downscale }) => downscale === 1);
  const oneMap = floatBytes([cells, cells]);
  return Math.min((full?.heads ?? 0) * oneMap, Math.max(oneMap, 2 ** 27));
}

/**
 * Bytes of the largest map of such a forward, which must lie in one buffer: the gated feed-forward layer holds eight times its width,
 * and a contrasted pair its attention.
 */
export function widestMapBytes(
  { facts: { unet } }: ModelForecast,
  [, , height = 0, width = 0]: Shape,
  rows: number,
  hasMap: boolean,
): number {
  const maps = unet.blockChannels.map((channels, level) =>
    floatBytes([8 * rows, channels, (height * width) / 4 ** level]),
  );
  return Math.max(0, ...maps, hasMap ? attentionMap(unet, height * width) : 0);
}

/** Key of the noise that a model predicts for a latent. */
export function predictionForecastKey(
  { id, freeU }: ModelForecast,
  { key }: PromptForecast,
  latent: string,
  timestep: number,
): string {
  return forecastKey([id, freeU, key, latent, timestep]);
}

/** Key of the latent after a step that has to be computed. */
export function stepForecastKey(
  latent: string,
  prediction: string,
  index: number,
  noise: string,
): string {
  return forecastKey(['step', latent, prediction, index, noise]);
}

/**
 * The U-Net halves the latent once for each width but the first, and must come back to the same size.
 * @throws AppError `input/invalid` naming `samples` when it does not.
 */
export function checkLatent({ facts }: ModelForecast, shape: Shape): void {
  const { unet, name } = facts;
  const [, channels, height = 0, width = 0] = shape;
  const multiple = 2 ** (unet.blockChannels.length - 1);
  if (channels !== unet.latentChannels) {
    throw new AppError({
      code: 'input/invalid',
      input: 'samples',
      reason: `latents of ${String(channels)} channels do not fit ${name}, which wants ${String(unet.latentChannels)}`,
      remedy: 'Encode the picture with the autoencoder of the same checkpoint.',
    });
  }
  if (height % multiple === 0 && width % multiple === 0) return;
  throw new AppError({
    code: 'input/invalid',
    input: 'samples',
    reason: `latents of ${String(width)} by ${String(height)} cannot be halved ${String(unet.blockChannels.length - 1)} times`,
    remedy: `Use sides that are multiples of ${String(multiple)} latent cells.`,
  });
}
