import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { startPresets, widgetPresets } from '../../src/diffusion/presets.js';
import { passesOf, stepSequence } from '../../src/diffusion/step-axis.js';
import { plainForecast, tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'DenoiseStart',
  version: 1,
  displayName: 'Denoise Start',
  category: 'denoise',
  description: [
    'Opens the denoise zone: every node between here and *Denoise End* runs once a pass, from the noisy latent of the inversion down to the clean picture (method, section 11.3; the loop over `zs[skip_steps:]` in the reference code).',
    '',
    'The latent carried from pass to pass starts as the inverted latent of the **structure** picture.',
  ].join('\n'),
  equation: 'x₀ := x_T of the structure picture',
  source: 'Method, sections 11.3 and 11.5',
  reference: 'the loop over zs[skip_steps:]',
  searchAliases: ['loop start', 'for', 'sampler', 'KSampler', 'repeat'],
  zone: { kind: 'start', carries: ['samples'] },
  presets: widgetPresets(startPresets),
  example: 'appearance-transfer',
  inputs: {
    inversion: {
      type: 'INVERSION',
      tooltip: 'The inversion of the structure picture: where the result starts from.',
    },
    start_at: {
      type: 'INT',
      unit: 'passes',
      default: 0,
      min: 0,
      max: 999,
      tooltip:
        'The first pass to run; before the first mixing pass the result equals the structure picture, so nothing is lost by starting there when its latents are the inverted ones.',
    },
    end_at: {
      type: 'INT',
      unit: 'passes',
      default: 1000,
      min: 1,
      max: 1000,
      tooltip: 'One past the last pass to run; beyond the number of passes it means all of them.',
    },
  },
  outputs: {
    step: {
      type: 'STEP',
      shape: 'one pass of n',
      tooltip: 'Number, timestep and coefficients of the pass.',
    },
    samples: { type: 'LATENT', shape: '1×4×H/8×W/8', tooltip: 'The latents before the pass.' },
  },
  forecast({ inversion, start_at, end_at }) {
    const { about } = inversion;
    const end = checkedEnd(start_at, end_at, passesOf(about.axis));
    return {
      step: plainForecast(stepSequence((index) => about.step(index), start_at, end)),
      samples: tensorForecast(about.shape, { key: about.latentKeyAt(start_at) }),
    };
  },
  execute({ inversion, start_at, end_at }) {
    const total = passesOf(inversion.axis);
    const end = checkedEnd(start_at, end_at, total);
    const samples = inversion.latentAt(start_at);
    samples.samples.retain();
    return { step: stepSequence((index) => inversion.step(index), start_at, end), samples };
  },
});

/** One past the last pass. @throws AppError `input/invalid` when no pass is left. */
function checkedEnd(start: number, wanted: number, total: number): number {
  const end = Math.min(wanted, total);
  if (start < end) return end;
  throw new AppError({
    code: 'input/invalid',
    input: 'start_at',
    reason: `passes ${String(start)} to ${String(end - 1)} are none; the inversion has ${String(total)}`,
    remedy: `Set start_at below ${String(end)}.`,
  });
}
