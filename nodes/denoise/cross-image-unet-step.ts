import { AppError } from '../../src/core/errors.js';
import { crossImageStep } from '../../src/diffusion/cross-image-step.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import type { Model, ReferenceStep, ScheduleStep, Step } from '../../src/diffusion/sockets.js';

export default defineNode({
  type: 'CrossImageUNetStep',
  version: 1,
  displayName: 'Cross-Image U-Net Step',
  category: 'denoise',
  description: [
    'Runs the U-Net on the result with the **keys and values of another picture** in the self-attention of its two finest decoder scales, and once more as it is: the queries ask with the structure, the answers come from the appearance (paper, section 3.1; method, section 6; `perform_swap` and `contrast_strength` in the reference code).',
    '',
    'What both passes share is computed once. Where nothing is mixed there is one pass, and none at all while the result still equals the structure branch.',
  ].join('\n'),
  equation: [
    'Cross = softmax(Q_out · K_srcᵀ / √d) · V_src',
    'A′ = clip(β · (A − 1/N) + 1/N, 0, 1)',
  ].join('\n'),
  source:
    'Paper, cross-image attention and contrast; equation 6 where the structure’s keys are read; method, section 6',
  reference: 'perform_swap, contrast_strength',
  searchAliases: ['cross-image attention', 'KV injection', 'attention swap', 'perform_swap'],
  inputs: {
    model: { type: 'MODEL', tooltip: 'The model that predicts the noise.' },
    positive: { type: 'CONDITIONING', tooltip: 'What the pictures show.' },
    samples: { type: 'LATENT', tooltip: 'The latents of the result before the pass.' },
    step: { type: 'STEP', slice: true, tooltip: 'The pass, from Denoise Start.' },
    schedule: {
      type: 'SCHEDULE',
      slice: true,
      tooltip: 'Says whose keys and values each scale reads in the pass.',
    },
    appearance: {
      type: 'REFERENCE',
      slice: true,
      tooltip: 'The branch of the picture whose looks are wanted.',
    },
    structure: {
      type: 'REFERENCE',
      slice: true,
      optional: true,
      tooltip: 'The branch of the picture whose shape is kept, for schedules that read it too.',
    },
  },
  outputs: {
    cross: {
      type: 'NOISE_PRED',
      shape: '1×4×H/8×W/8',
      tooltip: 'The noise predicted with foreign keys and values.',
    },
    self: {
      type: 'NOISE_PRED',
      shape: '1×4×H/8×W/8',
      tooltip: 'The noise predicted with the result’s own.',
    },
  },
  execute(inputs, { signal }) {
    checkModel(inputs.model);
    checkPass(inputs);
    return crossImageStep(inputs, signal);
  },
});

function checkModel({ denoiser }: Model): void {
  if (denoiser.mixedLayers.length > 0) return;
  throw new AppError({
    code: 'input/invalid',
    input: 'model',
    reason: 'the network has no self-attention in the two finest scales of its decoder',
    remedy: 'Choose a Stable Diffusion 1.x checkpoint in Load Checkpoint.',
  });
}

/** Schedule and branches must count the same passes as the loop. */
function checkPass(inputs: {
  readonly step: Step;
  readonly schedule: ScheduleStep;
  readonly appearance: ReferenceStep;
  readonly structure: ReferenceStep | undefined;
}): void {
  const { step, schedule } = inputs;
  if (schedule.total !== step.total) {
    throw new AppError({
      code: 'input/invalid',
      input: 'schedule',
      reason: `the schedule is made for ${String(schedule.total)} passes, the inversion for ${String(step.total)}`,
      remedy: 'Give Injection Schedule the same steps and skip_steps as DDPM Inversion.',
    });
  }
  for (const input of ['schedule', 'appearance', 'structure'] as const) {
    const index = inputs[input]?.index ?? step.index;
    if (index === step.index) continue;
    throw new AppError({
      code: 'input/invalid',
      input,
      reason: `it stands at pass ${String(index)} while the loop is at pass ${String(step.index)}`,
      remedy: 'Give every inversion and schedule of the zone the same steps and skip_steps.',
    });
  }
}
