import { AppError } from '../../src/core/errors.js';
import {
  adainLatent,
  type AdainMasks,
  type LocalWeights,
} from '../../src/diffusion/adain-latent.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { fullMask, maskAtSize } from '../../src/diffusion/latent-mask.js';
import type { LatentOps } from '../../src/diffusion/ports.js';
import { attentionOf } from '../../src/diffusion/reference-attention.js';
import type { Latent, Mask, ReferenceStep } from '../../src/diffusion/sockets.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { forecastKey } from '../../src/core/forecast/forecast-key.js';
import { floatBytes } from '../../src/diffusion/forecast-facts.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'AdaIN',
  version: 1,
  displayName: 'AdaIN',
  category: 'denoise',
  description: [
    'Gives the result the channel means and deviations of the appearance branch after the same pass, inside the foreground masks (paper, Eq. 5; method, section 9; `adain_range`, `use_masked_adain` in the reference code).',
    '',
    'A mask of another size is cropped about its centre and resized by nearest neighbour. With fewer than two pixels in a mask the statistics of the **whole** picture are taken, and the node says so.',
  ].join('\n'),
  equation: [
    'x̂ = (x − μₓ(S)) / σₓ(S) · σₐ(A) + μₐ(A)',
    'x′ = x + s · M · (x̂ − x), s the strength of the pass',
    'σ² = unbiased variance + 10⁻⁵, for each channel',
    'local: μₐ, σₐ of each place i weighed by softmax(Q_struct · K_appᵀ / √d)_i',
  ].join('\n'),
  source: 'Paper, equation 5',
  reference: 'adain_range, use_masked_adain',
  searchAliases: ['adaptive instance normalization', 'colour match', 'use_masked_adain'],
  example: 'ablation',
  inputs: {
    samples: { type: 'LATENT', tooltip: 'The latents after the step.' },
    appearance: {
      type: 'REFERENCE',
      slice: true,
      tooltip: 'The branch whose statistics the result takes on.',
    },
    schedule: {
      type: 'SCHEDULE',
      slice: true,
      tooltip: 'Says in which passes AdaIN acts, and how far it goes.',
    },
    content_mask: {
      type: 'MASK',
      optional: true,
      tooltip: 'Where the result is changed: the foreground of the structure picture.',
    },
    style_mask: {
      type: 'MASK',
      optional: true,
      tooltip: 'Where the statistics come from: the foreground of the appearance picture.',
    },
    structure: {
      type: 'REFERENCE',
      slice: true,
      optional: true,
      tooltip:
        'Beyond the paper: the structure’s branch makes AdaIN local. Its attention to the appearance weighs the statistics for every place; style_mask then says nothing. Costs up to two forwards a pass.',
    },
  },
  outputs: {
    samples: {
      type: 'LATENT',
      shape: '1×4×H/8×W/8',
      tooltip: 'The latents with the appearance’s statistics.',
    },
  },
  forecast({ samples, appearance, schedule, content_mask, style_mask, structure }, context) {
    if (schedule.about.adain === 0) return { samples };
    const { shape = [], about } = samples;
    const style = appearance.about.askNextLatent(context);
    const masks = [content_mask !== undefined, style_mask !== undefined];
    const cells = shape.slice(2).reduce((product, side) => product * side, 1);
    for (const branch of structure ? [structure.about, appearance.about] : []) {
      branch.askPrediction(context, ['attention']);
    }
    if (structure) context.scratch(floatBytes([cells, cells]));
    const local = structure?.about.predictionKey;
    const key = forecastKey(['adain', about.key, style, masks, schedule.about.adain, local]);
    return { samples: tensorForecast(shape, { key }) };
  },
  async execute(inputs, { services, signal, preview, warn }) {
    const { samples, appearance, schedule } = inputs;
    if (schedule.adain === 0) {
      samples.samples.retain();
      return { samples };
    }
    const style = await appearance.nextLatent(signal);
    const masks = await masksFor(inputs, samples, style);
    const { ops } = services;
    const local = inputs.structure && (await localWeights(ops, samples, inputs, signal));
    const result = await adainLatent(ops, samples, style, masks, warn, schedule.adain, local);
    local?.weights.dispose();
    await preview(() => result.format.preview(result.samples));
    return { samples: result };
  },
});

/** What the structure's places ask of the appearance's in this pass. @throws AppError `input/invalid` for other sizes. */
async function localWeights(
  ops: LatentOps,
  { samples }: Latent,
  branches: { readonly structure: ReferenceStep | undefined; readonly appearance: ReferenceStep },
  signal: AbortSignal,
): Promise<LocalWeights | undefined> {
  const { structure, appearance } = branches;
  if (!structure) return undefined;
  const { selfQuery, heads } = await attentionOf(structure, signal);
  const { selfKey } = await attentionOf(appearance, signal);
  const [, , height = 0, width = 0] = samples.shape;
  if (selfQuery.shape[1] !== height * width) {
    throw new AppError({
      code: 'input/invalid',
      input: 'structure',
      reason: 'its picture has another size than the result',
      remedy: 'Link the branch of the picture whose shape the result has.',
    });
  }
  const key = [structure.predictionKey, appearance.predictionKey];
  return { key, weights: await ops.headMeanAttention(selfQuery, selfKey, heads) };
}

/** Both masks at the latents' sizes, or none; where only one is linked the other is the whole picture. */
async function masksFor(
  masks: { readonly content_mask: Mask | undefined; readonly style_mask: Mask | undefined },
  content: Latent,
  style: Latent,
): Promise<AdainMasks | undefined> {
  if (!masks.content_mask && !masks.style_mask) return undefined;
  return {
    content: await maskFor(masks.content_mask, content),
    style: await maskFor(masks.style_mask, style),
  };
}

async function maskFor(mask: Mask | undefined, { samples }: Latent): Promise<Tensor> {
  const [, , height = 0, width = 0] = samples.shape;
  return mask ? maskAtSize(mask.values, height, width) : fullMask(height, width);
}
