import { AppError } from '../../src/core/errors.js';
import { crossImageStep } from '../../src/diffusion/cross-image-step.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { checkBeside, maskRuns, type BeyondKeys } from '../../src/diffusion/foreign-keys.js';
import { foreignSources, layerLaneNames } from '../../src/diffusion/schedule-sources.js';
import type {
  FurtherSource,
  Latent,
  Mask,
  Model,
  ReferenceStep,
  ScheduleStep,
  Step,
} from '../../src/diffusion/sockets.js';
import { forecastCrossImageStep } from '../../src/diffusion/forecast-step.js';

const mask = { type: 'MASK', optional: true } as const;
const weight = { type: 'FLOAT', min: 0, max: 100, step: 0.05, default: 0 } as const;
const reference = { type: 'REFERENCE', slice: true, optional: true } as const;

function weightTooltip(source: string): string {
  return `Beyond the paper: reads ${source} beside the appearance wherever that is read, each key counting so many times; 0 leaves it out.`;
}

export default defineNode({
  type: 'CrossImageUNetStep',
  version: 1,
  displayName: 'Cross-Image U-Net Step',
  category: 'denoise',
  description: [
    'Runs the U-Net on the result with the **keys and values of another picture** in the self-attention of its two finest decoder scales, and once more as it is: the queries ask with the structure, the answers come from the appearance (paper, section 3.1; method, section 6; `perform_swap` and `contrast_strength` in the reference code).',
    '',
    'A source with a **mask** is read by the queries inside it alone; outside, the appearance is read, and outside of the appearance’s own mask the result’s own. The schedule’s mask lane says when, and masks of single lanes say where else. A mask is cropped about its centre and resized to the layer’s grid by nearest neighbour; values between 0 and 1 blend.',
    '',
    'What both passes share is computed once. Where nothing is mixed there is one pass, and none at all while the result still equals the structure branch.',
  ].join('\n'),
  equation: [
    'Cross = softmax(Q_out · K_srcᵀ / √d) · V_src',
    'A′ = clip(β · (A − 1/N) + 1/N, 0, 1)',
    'with sharpness: A = softmax(τ · Q_out · K_srcᵀ / √d)',
    'with own keys: A = softmax(Q_out · [K_out; K_src]ᵀ / √d + [0; b])',
    'with weights: A = softmax(Q_out · [K_app; K_c; …]ᵀ / √d + [0; ln w_c; …])',
    'renormalized: A″ = A′ / Σ A′, row by row',
    'with masks: Cross = M · Cross_src + (1 − M) · (M_app · Cross_app + (1 − M_app) · Self), query by query',
  ].join('\n'),
  source:
    'Paper, cross-image attention and contrast; equation 6 where the structure’s keys are read; method, section 6',
  reference: 'perform_swap, contrast_strength',
  searchAliases: ['cross-image attention', 'KV injection', 'attention swap', 'perform_swap'],
  example: 'ablation',
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
      ...reference,
      tooltip: 'The branch of the picture whose shape is kept, for schedules that read it too.',
    },
    reference_c: { ...reference, tooltip: 'A further picture’s branch, which lanes call c.' },
    reference_d: { ...reference, tooltip: 'A further picture’s branch, which lanes call d.' },
    reference_e: { ...reference, tooltip: 'A further picture’s branch, which lanes call e.' },
    reference_f: { ...reference, tooltip: 'A further picture’s branch, which lanes call f.' },
    appearance_mask: {
      ...mask,
      tooltip: 'Where the result reads the appearance; elsewhere it reads its own.',
    },
    structure_mask: {
      ...mask,
      tooltip: 'Where the result reads the structure; elsewhere it reads the appearance.',
    },
    mask_c: { ...mask, tooltip: 'Where the result reads c; elsewhere it reads the appearance.' },
    mask_d: { ...mask, tooltip: 'Where the result reads d; elsewhere it reads the appearance.' },
    mask_e: { ...mask, tooltip: 'Where the result reads e; elsewhere it reads the appearance.' },
    mask_f: { ...mask, tooltip: 'Where the result reads f; elsewhere it reads the appearance.' },
    sharpness: {
      type: 'FLOAT',
      min: 0.1,
      max: 10,
      step: 0.05,
      default: 1,
      tooltip:
        'Beyond the paper: τ in softmax(τ · Q · Kᵀ / √d) on foreign keys, an inverse temperature. 1 is the paper; set contrast to 1 to have it in place of contrast.',
    },
    renormalize: {
      type: 'BOOLEAN',
      default: false,
      tooltip:
        'Beyond the paper: divides each row of contrasted attention by its sum, which the clip leaves above 1.',
    },
    appearance_keys: {
      ...mask,
      tooltip:
        'Beyond the paper: the places of the appearance that may be read, such as its animal; all of them without a mask or with an empty one.',
    },
    own_keys: {
      type: 'BOOLEAN',
      default: false,
      tooltip:
        'Beyond the paper: reads the result’s own keys beside the foreign ones, so that what finds no counterpart stays as it is.',
    },
    foreign_bias: {
      type: 'FLOAT',
      min: -20,
      max: 20,
      step: 0.1,
      default: 0,
      tooltip:
        'With own keys: added to the logits of the foreign ones. Above 0 they are preferred, below 0 the result’s own.',
    },
    weight_c: { ...weight, tooltip: weightTooltip('c') },
    weight_d: { ...weight, tooltip: weightTooltip('d') },
    weight_e: { ...weight, tooltip: weightTooltip('e') },
    weight_f: { ...weight, tooltip: weightTooltip('f') },
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
  forecast(inputs, context) {
    const { model, positive, samples, step, schedule, appearance } = inputs;
    const branches = {
      appearance: appearance.about,
      structure: inputs.structure?.about,
      c: inputs.reference_c?.about,
      d: inputs.reference_d?.about,
      e: inputs.reference_e?.about,
      f: inputs.reference_f?.about,
    };
    checkPass({
      step: step.about,
      schedule: schedule.about,
      appearance: branches.appearance,
      structure: branches.structure,
      reference_c: branches.c,
      reference_d: branches.d,
      reference_e: branches.e,
      reference_f: branches.f,
    });
    const masks = {
      appearance: inputs.appearance_mask,
      structure: inputs.structure_mask,
      c: inputs.mask_c,
      d: inputs.mask_d,
      e: inputs.mask_e,
      f: inputs.mask_f,
    };
    const masked = foreignSources.filter((source) => masks[source] !== undefined);
    const beyond = { ...beyondOf(inputs), hasKeyMask: inputs.appearance_keys !== undefined };
    checkBeside(beyond, branches);
    const plan = { branches, masked, step: step.about, schedule: schedule.about, beyond };
    return forecastCrossImageStep(
      {
        ...plan,
        model: model.about,
        positive: positive.about,
        shape: samples.shape ?? [],
        latentKey: samples.about.key,
      },
      context,
    );
  },
  async execute(inputs, { services, signal, warn }) {
    checkModel(inputs.model);
    checkPass(inputs);
    warnOfLayers(inputs, warn);
    await warnOfKeys(inputs, warn);
    const further = {
      c: inputs.reference_c,
      d: inputs.reference_d,
      e: inputs.reference_e,
      f: inputs.reference_f,
    };
    const masks = {
      appearance: inputs.appearance_mask?.values,
      structure: inputs.structure_mask?.values,
      c: inputs.mask_c?.values,
      d: inputs.mask_d?.values,
      e: inputs.mask_e?.values,
      f: inputs.mask_f?.values,
    };
    const keys = { ...beyondOf(inputs), appearanceKeys: inputs.appearance_keys?.values };
    checkBeside(keys, further);
    const beyond = { keys, ops: services.ops };
    const relief = { bank: services.bank, warn };
    return crossImageStep({ ...inputs, further, masks, beyond, relief }, signal);
  },
});

/** The settings that go beyond the paper. */
function beyondOf(
  inputs: Readonly<
    Record<'sharpness' | 'foreign_bias' | `weight_${FurtherSource}`, number> &
      Record<'renormalize' | 'own_keys', boolean>
  >,
): BeyondKeys {
  return {
    sharpness: inputs.sharpness,
    renormalize: inputs.renormalize,
    besideOwn: inputs.own_keys,
    foreignBias: inputs.foreign_bias,
    weights: {
      c: inputs.weight_c,
      d: inputs.weight_d,
      e: inputs.weight_e,
      f: inputs.weight_f,
    },
  };
}

function checkModel({ denoiser }: Model): void {
  if (denoiser.mixedLayers.length > 0) return;
  throw new AppError({
    code: 'input/invalid',
    input: 'model',
    reason: 'the network has no self-attention in the two finest scales of its decoder',
    remedy: 'Choose a Stable Diffusion 1.x checkpoint in Load Checkpoint.',
  });
}

/** Tells, once a run, of lanes whose layer the network does not have. */
function warnOfLayers(
  {
    model,
    schedule,
    step,
  }: { readonly model: Model; readonly schedule: ScheduleStep; readonly step: Step },
  warn: (message: string) => void,
): void {
  const known = layerLaneNames(model.denoiser.mixedLayers);
  const unknown = Object.keys(schedule.layers).filter((name) => !known.includes(name));
  if (unknown.length === 0 || step.index + 1 < step.total) return;
  warn(
    `The schedule has lanes for ${unknown.join(', ')}, but this network has the layers ${known.join(', ')}.`,
  );
}

/** Tells, once a run, of a mask of keys that leaves none. */
async function warnOfKeys(
  {
    appearance_keys,
    samples,
    step,
  }: { readonly appearance_keys: Mask | undefined; readonly samples: Latent; readonly step: Step },
  warn: (message: string) => void,
): Promise<void> {
  if (!appearance_keys || step.index + 1 < step.total) return;
  const [, , height = 0, width = 0] = samples.samples.shape;
  if (await maskRuns(appearance_keys.values, { height, width })) return;
  warn('The mask at appearance_keys is empty, so the whole appearance was read.');
}

type Indexed = Pick<ReferenceStep, 'index'>;

/** Schedule and branches must count the same passes as the loop. */
function checkPass(inputs: {
  readonly step: Step;
  readonly schedule: ScheduleStep;
  readonly appearance: Indexed;
  readonly structure: Indexed | undefined;
  readonly reference_c: Indexed | undefined;
  readonly reference_d: Indexed | undefined;
  readonly reference_e?: Indexed | undefined;
  readonly reference_f?: Indexed | undefined;
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
  for (const input of [
    'schedule',
    'appearance',
    'structure',
    'reference_c',
    'reference_d',
    'reference_e',
    'reference_f',
  ] as const) {
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
