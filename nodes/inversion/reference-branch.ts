import { defineNode } from '../../src/diffusion/define-node.js';
import { referencePresets, widgetPresets } from '../../src/diffusion/presets.js';
import { createReference } from '../../src/diffusion/reference.js';
import { forecastBranch } from '../../src/diffusion/forecast-branches.js';
import { floatBytes } from '../../src/diffusion/forecast-facts.js';
import { checkLatent } from '../../src/diffusion/forecast-unet.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { passesOf } from '../../src/diffusion/step-axis.js';

export default defineNode({
  type: 'ReferenceBranch',
  version: 1,
  displayName: 'Reference Branch',
  category: 'inversion',
  description: [
    'A picture on its way from noise back to itself: for every pass its latents and, on demand, the **keys and values** of the decoder’s self-attention that the result reads (method, sections 3.4 and 11.3; the appearance and structure entries of the batch in the reference code).',
    '',
    'It never depends on the result, so one branch serves many results. Nothing is computed before a pass asks for it.',
  ].join('\n'),
  equation: ['xₜ₋₁ = A · xₜ + B · ε(xₜ) + σ · zₜ', 'K = h · W_K,  V = h · W_V'].join('\n'),
  source: 'Method, sections 3.4 and 11.3',
  reference: 'the appearance and structure entries of the batch',
  searchAliases: [
    'reference',
    'appearance branch',
    'structure branch',
    'keys and values',
    'replay',
  ],
  presets: widgetPresets(referencePresets),
  example: 'consistent',
  inputs: {
    model: { type: 'MODEL', tooltip: 'The model that predicts the noise.' },
    positive: { type: 'CONDITIONING', tooltip: 'What the picture shows.' },
    inversion: { type: 'INVERSION', tooltip: 'The inversion of the picture.' },
    source: {
      type: 'COMBO',
      options: ['replay', 'inverted'],
      default: referencePresets.official.source,
      tooltip:
        'Where the latents come from: denoised once more with the stored noise, as the reference code does, or the inverted ones as they are, which is the same when the inversion’s cfg is 1.',
    },
  },
  outputs: {
    REFERENCE: {
      type: 'REFERENCE',
      shape: 'n × (4×H/8×W/8), K and V on demand',
      tooltip: 'The branch, one slice a pass.',
    },
  },
  forecast({ model, positive, inversion, source }) {
    checkLatent(model.about, inversion.about.shape);
    const about = forecastBranch({
      model: model.about,
      positive: positive.about,
      inversion: inversion.about,
      source,
    });
    const { shape, axis } = inversion.about;
    // A latent and its noise a pass; keys and values are in the bank.
    const grownBytes = 2 * passesOf(axis) * floatBytes(shape);
    return { REFERENCE: { ...plainForecast(about), shape, grownBytes } };
  },
  execute: ({ model, positive, inversion, source }, { services }) => ({
    REFERENCE: createReference({
      ops: services.ops,
      bank: services.bank,
      keepsakes: services.keepsakes,
      model,
      positive,
      inversion,
      source,
    }),
  }),
});
