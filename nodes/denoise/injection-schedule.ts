import { defineNode } from '../../src/diffusion/define-node.js';
import {
  laneNames,
  laneWidget,
  lanesPast,
  layersWidget,
  readLanes,
  type ScheduleTexts,
} from '../../src/diffusion/lane-texts.js';
import { schedulePresets, widgetPresets } from '../../src/diffusion/presets.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { createSchedule, type ScheduleSettings } from '../../src/diffusion/schedule.js';

const { official } = schedulePresets;
const pass = { type: 'INT', min: 0, max: 1000 } as const;
const strength = { type: 'FLOAT', min: 0, max: 10, step: 0.01 } as const;
const lane = { type: 'STRING', default: '' } as const;
const noLanes = {
  ...Object.fromEntries(laneNames.map((name) => [laneWidget(name), ''])),
  [layersWidget]: '',
};
const ranges = widgetPresets(schedulePresets);

export default defineNode({
  type: 'InjectionSchedule',
  version: 1,
  displayName: 'Injection Schedule',
  category: 'denoise',
  description: [
    'Says what each pass of the denoise loop does: whose **keys and values** the two finest decoder scales read (the result’s own, the appearance’s, the structure’s), how strongly attention is contrasted, how far guidance goes, and when AdaIN acts (method, sections 3, 6, 7 and 9).',
    '',
    'In the reference code: `cross_attn_32_range`, `cross_attn_64_range`, `contrast_strength`, `swap_guidance_scale`, `adain_range` and the fixed rule `step % 5 == 0 and step < 40`.',
    '',
    'The timeline (T) paints it pass by pass. What is painted is kept as the text of a **lane**, such as `app 11..67; struct 11..36/5`; a lane that has a text wins over the ranges it stands for, and counts the passes as they are, without the lag. `c` to `f` are further references of Cross-Image U-Net Step.',
    '',
    'Presets: *official* does what that code does, its lag of one pass and its clip included; *paper* does what the text says; *consistent* is the same schedule for inverted branches.',
  ].join('\n'),
  equation: [
    'source(i) = structure if i mod every = 0 and i < until, else appearance',
    'α(i) = α₀ + (α₁ − α₀) · i / (n − 1)',
  ].join('\n'),
  source: 'Paper, equation 6 for the structure; method, sections 3, 6, 7 and 9',
  reference:
    'cross_attn_32_range, cross_attn_64_range, contrast_strength, swap_guidance_scale, adain_range',
  searchAliases: [
    'timeline',
    'cross_attn_64_range',
    'cross_attn_32_range',
    'contrast_strength',
    'adain_range',
    'keyframes',
  ],
  presets: {
    official: { ...ranges.official, ...noLanes },
    paper: { ...ranges.paper, ...noLanes },
    consistent: { ...ranges.consistent, ...noLanes },
  },
  example: 'structure-injection',
  inputs: {
    steps: {
      ...pass,
      unit: 'passes',
      min: 1,
      default: official.steps,
      tooltip: 'Number of timesteps; the same as in the inversion.',
    },
    skip_steps: {
      ...pass,
      unit: 'passes',
      max: 999,
      default: official.skipSteps,
      tooltip: 'How many of the noisiest timesteps are left out; the same as in the inversion.',
    },
    lag: {
      ...pass,
      unit: 'passes',
      max: 10,
      default: official.lag,
      tooltip:
        'Passes by which the key and value ranges act late: 1 in the reference code, whose layers read the counter of the pass before.',
    },
    half_start: {
      ...pass,
      unit: 'passes',
      default: official.halfStart,
      tooltip: 'First step that mixes at half of the latent’s side (32 by 32 in SD 1.5).',
    },
    half_end: {
      ...pass,
      unit: 'passes',
      default: official.halfEnd,
      tooltip: 'One past the last step that mixes at half of the latent’s side.',
    },
    full_start: {
      ...pass,
      unit: 'passes',
      default: official.fullStart,
      tooltip: 'First step that mixes at the latent’s own side (64 by 64 in SD 1.5).',
    },
    full_end: {
      ...pass,
      unit: 'passes',
      default: official.fullEnd,
      tooltip: 'One past the last step that mixes at the latent’s own side.',
    },
    structure_every: {
      ...pass,
      unit: 'passes',
      default: official.structureEvery,
      tooltip:
        'Every so many steps the structure’s keys and values are read in place of the appearance’s; 0 means never.',
    },
    structure_until: {
      ...pass,
      unit: 'passes',
      default: official.structureUntil,
      tooltip: 'The structure’s keys and values are read before this step only.',
    },
    contrast: {
      ...strength,
      default: official.contrast,
      tooltip:
        'How much the attention map is sharpened where foreign keys are read (β); 1 leaves it as it is.',
    },
    clip: {
      type: 'BOOLEAN',
      default: official.clip,
      tooltip:
        'Cuts sharpened attention to 0..1, as the reference code does; the paper does not, which is faster.',
    },
    contrast_on_structure: {
      type: 'BOOLEAN',
      default: official.contrastOnStructure,
      tooltip: 'Sharpens attention also where the structure’s keys are read.',
    },
    guidance: {
      ...strength,
      default: official.guidance,
      tooltip:
        'How far the change made by the foreign keys is exaggerated in the first pass (α); 1 or less turns guidance off.',
    },
    guidance_end: {
      ...strength,
      default: official.guidanceEnd,
      tooltip: 'The same for the last pass; the strength goes straight from one to the other.',
    },
    guidance_start_at: {
      ...pass,
      unit: 'passes',
      default: official.guidanceStartAt,
      tooltip: 'First pass that is guided.',
    },
    guidance_end_at: {
      ...pass,
      unit: 'passes',
      default: official.guidanceEndAt,
      tooltip: 'Last pass that is guided.',
    },
    adain_start: {
      ...pass,
      unit: 'passes',
      default: official.adainStart,
      tooltip: 'First pass after which AdaIN acts.',
    },
    adain_end: {
      ...pass,
      unit: 'passes',
      default: official.adainEnd,
      tooltip: 'One past the last pass after which AdaIN acts.',
    },
    full_lane: {
      ...lane,
      tooltip:
        'Whose keys and values the latent’s own side reads, pass by pass: app 11..67; struct 11..36/5. Empty means by the ranges.',
    },
    half_lane: {
      ...lane,
      tooltip: 'The same at half of the latent’s side. Empty means by the ranges.',
    },
    contrast_lane: {
      ...lane,
      tooltip: 'Contrast pass by pass: 1.67@0 lin 1@67. Empty means the one number above.',
    },
    guidance_lane: {
      ...lane,
      tooltip:
        'Guidance pass by pass: 3.5@0 lin 1.75@67; off 0..9. Empty means by the numbers above.',
    },
    adain_lane: {
      ...lane,
      tooltip:
        'How far AdaIN goes, 0 to 1: 1@0 lin 0.4@67; off 0..19. Empty means all the way, by the range above.',
    },
    mask_lane: {
      ...lane,
      tooltip:
        'Which masks of Cross-Image U-Net Step act: none; struct 11..36; app+struct 37..67. Empty means all that are connected.',
    },
    layer_lanes: {
      ...lane,
      multiline: true,
      tooltip:
        'Lanes of single decoder layers, one a line, in place of their scale’s: half.0: app 11..67; and masks of single lanes: full.mask: struct 11..36.',
    },
  },
  outputs: {
    SCHEDULE: {
      type: 'SCHEDULE',
      shape: 'n passes × 6 lanes',
      tooltip: 'What each pass does, one slice a pass.',
    },
  },
  forecast: (inputs) => ({ SCHEDULE: plainForecast(createSchedule(...settingsOf(inputs))) }),
  execute(inputs, { warn }) {
    const [settings, texts] = settingsOf(inputs);
    const SCHEDULE = createSchedule(settings, texts);
    for (const [name, end] of lanesPast(readLanes(texts), SCHEDULE.end)) {
      warn(
        `The lane ${name} names passes up to ${String(end - 1)}, but the last pass is ${String(SCHEDULE.end - 1)}. What lies past it waits for more steps.`,
      );
    }
    return { SCHEDULE };
  },
});

type Widgets = Readonly<
  Record<
    | 'adain_end'
    | 'adain_start'
    | 'contrast'
    | 'full_end'
    | 'full_start'
    | 'guidance'
    | 'guidance_end'
    | 'guidance_end_at'
    | 'guidance_start_at'
    | 'half_end'
    | 'half_start'
    | 'lag'
    | 'skip_steps'
    | 'steps'
    | 'structure_every'
    | 'structure_until',
    number
  > &
    Record<'clip' | 'contrast_on_structure', boolean> &
    Record<
      | 'adain_lane'
      | 'contrast_lane'
      | 'full_lane'
      | 'guidance_lane'
      | 'half_lane'
      | 'layer_lanes'
      | 'mask_lane',
      string
    >
>;

/** The widgets as settings and lane texts. */
function settingsOf(inputs: Widgets): [ScheduleSettings, ScheduleTexts] {
  const texts = {
    full: inputs.full_lane,
    half: inputs.half_lane,
    contrast: inputs.contrast_lane,
    guidance: inputs.guidance_lane,
    adain: inputs.adain_lane,
    mask: inputs.mask_lane,
    layers: inputs.layer_lanes,
  };
  const settings = {
    steps: inputs.steps,
    skipSteps: inputs.skip_steps,
    lag: inputs.lag,
    halfStart: inputs.half_start,
    halfEnd: inputs.half_end,
    fullStart: inputs.full_start,
    fullEnd: inputs.full_end,
    structureEvery: inputs.structure_every,
    structureUntil: inputs.structure_until,
    contrast: inputs.contrast,
    clip: inputs.clip,
    contrastOnStructure: inputs.contrast_on_structure,
    guidance: inputs.guidance,
    guidanceEnd: inputs.guidance_end,
    guidanceStartAt: inputs.guidance_start_at,
    guidanceEndAt: inputs.guidance_end_at,
    adainStart: inputs.adain_start,
    adainEnd: inputs.adain_end,
  };
  return [settings, texts];
}
