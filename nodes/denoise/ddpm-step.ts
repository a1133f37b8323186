import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { checkNoiseAxis, denoiseStep } from '../../src/diffusion/denoise-step.js';
import type { LatentOps } from '../../src/diffusion/ports.js';
import type { Latent, NoisePred, Step } from '../../src/diffusion/sockets.js';
import { stepForecastKey } from '../../src/diffusion/forecast-unet.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'DDPMStep',
  version: 1,
  displayName: 'DDPM Step',
  category: 'denoise',
  description:
    'Takes one reverse step with the stored noise map of the structure picture: `x_prev = A x + B eps + sigma z` (DDIM with eta 1; method, section 11.3; the reverse step with `zs` in the reference code). The preview shows the clean picture that the step is heading for.',
  equation: [
    'xₜ₋₁ = A · xₜ + B · ε + σ · zₜ',
    'A = √(aₜ₋₁ / aₜ)',
    'B = √(1 − aₜ₋₁ − σ²) − √(aₜ₋₁ · (1 − aₜ) / aₜ)',
    'σ² = (1 − aₜ₋₁) / (1 − aₜ) · (1 − aₜ / aₜ₋₁)',
  ].join('\n'),
  source: 'Song et al., DDIM, with η = 1; method, section 11.3',
  reference: 'the reverse step with zs',
  searchAliases: ['sampler step', 'DDIM', 'scheduler step', 'reverse step'],
  example: 'reconstruction',
  inputs: {
    samples: { type: 'LATENT', tooltip: 'The latents before the step.' },
    noise_pred: { type: 'NOISE_PRED', tooltip: 'The noise predicted for these latents.' },
    step: { type: 'STEP', slice: true, tooltip: 'The pass, from Denoise Start.' },
    noise: {
      type: 'INVERSION',
      tooltip: 'The inversion whose noise maps are added: that of the structure picture.',
    },
  },
  outputs: {
    samples: { type: 'LATENT', shape: '1×4×H/8×W/8', tooltip: 'The latents after the step.' },
  },
  forecast({ samples, noise_pred, step, noise }, context) {
    checkNoiseAxis(noise.about, step.about);
    const { index } = step.about;
    const { key: prediction } = noise_pred.about;
    const successor = noise.about.successorKey(index, prediction);
    if (successor === undefined) noise.about.askNoiseMap(index, context);
    const { shape = [], about } = samples;
    const key = successor ?? stepForecastKey(about.key, prediction, index, noise.about.key);
    return { samples: tensorForecast(shape, { key }) };
  },
  async execute({ samples, noise_pred, step, noise }, { services, signal, preview }) {
    if (noise_pred.index !== step.index) {
      throw new AppError({
        code: 'input/invalid',
        input: 'noise_pred',
        reason: `the noise was predicted for pass ${String(noise_pred.index)}, the step is pass ${String(step.index)}`,
        remedy: 'Link a prediction made in the same pass of the same denoise zone.',
      });
    }
    await preview(() => previewOriginal(services.ops, samples, noise_pred, step));
    return { samples: await denoiseStep(services.ops, samples, noise_pred, step, noise, signal) };
  },
});

/** The clean picture that the prediction points at: `(x - sqrt(1 - a) eps) / sqrt(a)`. */
async function previewOriginal(
  ops: LatentOps,
  { samples, format }: Latent,
  { noisePred }: NoisePred,
  { alphaCumprod }: Step,
) {
  const predOriginalSample = ops.reverseStep(samples, noisePred, undefined, {
    A: 1 / Math.sqrt(alphaCumprod),
    B: -Math.sqrt(1 - alphaCumprod) / Math.sqrt(alphaCumprod),
    sigma: 0,
  });
  try {
    return await format.preview(predOriginalSample);
  } finally {
    predOriginalSample.dispose();
  }
}
