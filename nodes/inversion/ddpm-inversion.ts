import { defineNode } from '../../src/diffusion/define-node.js';
import { createInversion, missingNegative } from '../../src/diffusion/inversion.js';
import { inversionPresets, widgetPresets } from '../../src/diffusion/presets.js';
import { forecastInversion } from '../../src/diffusion/forecast-branches.js';
import {
  checkLatent,
  forwardBytes,
  forwards,
  widestMapBytes,
} from '../../src/diffusion/forecast-unet.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { batchFor } from '../../src/diffusion/invert.js';
import { passesOf } from '../../src/diffusion/step-axis.js';

const { official } = inversionPresets;

export default defineNode({
  type: 'DDPMInversion',
  version: 1,
  displayName: 'DDPM Inversion',
  category: 'inversion',
  description: [
    'Finds, for every timestep that is used, a noisy version `x_t` of the picture and the noise map `z_t` with which the sampler leads from one to the next: edit-friendly DDPM inversion (Huberman-Spiegelglas et al.; method, section 11.2; `xts` and `zs` in the reference code).',
    '',
    'With *cfg* above 1 every timestep is evaluated now, with and without the prompt. With *cfg* 1, the `consistent` preset, noise maps are made when a pass first asks for one, from the very prediction that a *Reference Branch* needs there, so nothing is computed twice.',
  ].join('\n'),
  equation: [
    'xₜ = √aₜ · w + √(1 − aₜ) · nₜ,  nₜ ~ N(0, 1)',
    'zₜ = (xₜ₋₁ − μ(xₜ, ε)) / σₜ',
    'ε = ε_u + cfg · (ε_c − ε_u)',
  ].join('\n'),
  source: 'Huberman-Spiegelglas et al., edit-friendly DDPM inversion; method, section 11.2',
  reference: 'xts, zs, skip_steps, cfg_scale_src',
  searchAliases: ['edit friendly', 'invert', 'xts', 'zs', 'noise maps', 'skip_steps'],
  presets: widgetPresets(inversionPresets),
  example: 'reconstruction',
  inputs: {
    model: { type: 'MODEL', tooltip: 'The model that predicts the noise.' },
    positive: { type: 'CONDITIONING', tooltip: 'What the picture shows.' },
    negative: {
      type: 'CONDITIONING',
      optional: true,
      tooltip:
        'What text guidance moves away from: the empty prompt in the reference code. Needed unless cfg is 1.',
    },
    samples: { type: 'LATENT', tooltip: 'The latents of the picture.' },
    steps: {
      type: 'INT',
      unit: 'passes',
      default: official.steps,
      min: 1,
      max: 999,
      tooltip: 'Number of timesteps.',
    },
    skip_steps: {
      type: 'INT',
      unit: 'passes',
      default: official.skipSteps,
      min: 0,
      max: 998,
      tooltip: 'How many of the noisiest timesteps are left out; more keeps more of the picture.',
    },
    cfg: {
      type: 'FLOAT',
      default: official.cfg,
      min: 0,
      max: 30,
      step: 0.1,
      tooltip: 'Text guidance of the inversion; 1 uses the prediction for the prompt alone.',
    },
    seed: {
      type: 'INT',
      default: 42,
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      tooltip: 'Seed of the noise; the same numbers as torch draws on CUDA.',
    },
    noise_stream: {
      type: 'INT',
      default: 0,
      min: 0,
      max: 1,
      tooltip:
        'Which part of the seed’s noise is used: 0 for the appearance picture, 1 for the structure picture, as the reference code draws them.',
    },
  },
  outputs: {
    INVERSION: {
      type: 'INVERSION',
      shape: 'n × (4×H/8×W/8)',
      tooltip: 'The noisy latents and the noise maps of every pass.',
    },
  },
  forecast(inputs, { work, scratch }) {
    const { steps, skip_steps, cfg, seed, noise_stream } = inputs;
    const model = inputs.model.about;
    const { shape = [], about: samples, byteLength } = inputs.samples;
    checkLatent(model, shape);
    if (cfg !== 1 && !inputs.negative) throw missingNegative();
    const about = forecastInversion({
      model,
      positive: inputs.positive.about,
      negative: inputs.negative?.about,
      latentKey: samples.key,
      shape,
      axis: { steps, skip: skip_steps },
      cfg,
      seed,
      noiseStream: noise_stream,
    });
    const maps = passesOf(about.axis) - 1;
    const rows = Math.min(maps, batchFor({ samples: { shape } }));
    scratch(
      forwardBytes(model, shape, 2 * rows, false),
      widestMapBytes(model, shape, 2 * rows, false),
    );
    if (cfg !== 1) work(forwards(model, shape, 2 * maps));
    const noiseBytes = cfg === 1 ? 0 : maps * byteLength;
    const latentBytes = (maps + 2) * byteLength;
    return {
      INVERSION: { ...plainForecast(about, noiseBytes), shape, grownBytes: latentBytes },
    };
  },
  async execute(inputs, { services, signal, progress, warn }) {
    const { model, positive, negative, samples, steps, skip_steps, cfg, seed } = inputs;
    const inversion = await createInversion(
      {
        ops: services.ops,
        bank: services.bank,
        keepsakes: services.keepsakes,
        model,
        positive,
        negative,
        samples,
        axis: { steps, skip: skip_steps },
        cfg,
        seed: BigInt(seed),
        noiseStream: inputs.noise_stream === 0 ? 0 : 1,
        warn,
      },
      signal,
      progress,
    );
    return { INVERSION: inversion };
  },
});
