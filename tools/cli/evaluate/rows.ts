import type { WidgetValue } from '../../../src/core/graph/types.js';

/** Rows that cost no loop: the structure picture as it is, and with the global colours of the appearance picture. */
export const PLAIN_ROWS = ['nothing', 'colorTransfer'] as const;

/** Rows of the ablation, each the one before and one thing more; `full` is the last of them. */
export const ABLATION_ROWS = ['swap', 'swapContrast', 'swapContrastAdain'] as const;

/** The full method with one thing done otherwise than in the preset. */
export const BEYOND_ROWS = [
  'unclipped',
  'renormalized',
  'temperature',
  'foregroundOnly',
  'foregroundKeys',
  'foregroundBoth',
  'ownKeys',
  'ownKeysBiased',
  'mirrored',
  'localAdain',
  'noStructure',
  'balanced',
] as const;

/** Rows that are made by a denoise loop of their own on the pair's inversions. */
export const LOOP_ROWS = ['full', 'adainOnly', ...ABLATION_ROWS, ...BEYOND_ROWS] as const;

/** The full method with a fifth of the steps, which has inversions of its own. */
export const FEW_STEPS_ROW = 'fewSteps';

/** Every row, in the order of the table. */
export const ROWS = [...LOOP_ROWS, FEW_STEPS_ROW, ...PLAIN_ROWS] as const;

/** The name of a row that a loop makes. */
export type LoopRow = (typeof LOOP_ROWS)[number];

/** The name of a row. */
export type Row = (typeof ROWS)[number];

/** Past every pass. */
const NEVER = 1000;
const NO_GUIDANCE = { guidance: 1, guidance_end: 1 };

/** What each row has in place of the preset's InjectionSchedule. Paper, figure 10. */
export const SCHEDULE_OF: Readonly<Record<LoopRow, Readonly<Record<string, WidgetValue>>>> = {
  full: {},
  adainOnly: { half_end: 0, full_end: 0, guidance_end_at: 0 },
  swap: { ...NO_GUIDANCE, contrast: 1, adain_start: NEVER },
  swapContrast: { ...NO_GUIDANCE, adain_start: NEVER },
  swapContrastAdain: NO_GUIDANCE,
  unclipped: { clip: false },
  renormalized: {},
  temperature: { contrast: 1 },
  foregroundOnly: {},
  foregroundKeys: {},
  foregroundBoth: {},
  ownKeys: {},
  ownKeysBiased: {},
  mirrored: {},
  localAdain: {},
  noStructure: { structure_every: 0 },
  balanced: { guidance: 2 },
};

/** What a row has in place of the defaults of CrossImageUNetStep. */
export const STEP_OF: Readonly<Partial<Record<LoopRow, Readonly<Record<string, WidgetValue>>>>> = {
  renormalized: { renormalize: true },
  temperature: { sharpness: 1.67 },
  ownKeys: { own_keys: true },
  ownKeysBiased: { own_keys: true, foreign_bias: 2 },
  mirrored: { weight_c: 1 },
  balanced: { renormalize: true },
};

/** The masks, by the titles of their nodes, that a row links to CrossImageUNetStep. */
export const MASKS_OF: Readonly<Partial<Record<LoopRow, Readonly<Record<string, string>>>>> = {
  foregroundOnly: { appearance_mask: 'Structure mask' },
  foregroundKeys: { appearance_keys: 'Appearance mask' },
  foregroundBoth: { appearance_mask: 'Structure mask', appearance_keys: 'Appearance mask' },
};

/** The row whose AdaIN reads the structure's branch. */
export const LOCAL_ROW = 'localAdain';

/** The row that reads the appearance’s mirror image beside it, as `c`. */
export const MIRRORED_ROW = 'mirrored';

/** What a row is, for people. */
export const ROW_TITLES: Readonly<Record<Row, string>> = {
  full: 'full method',
  adainOnly: 'AdaIN alone',
  swap: 'keys and values alone',
  swapContrast: '+ contrast',
  swapContrastAdain: '+ contrast + AdaIN',
  unclipped: 'full, contrast not clipped',
  renormalized: 'full, contrast renormalised',
  temperature: 'full, temperature for contrast',
  foregroundOnly: 'full, inside the mask only',
  foregroundKeys: 'full, the object’s keys only',
  foregroundBoth: 'full, inside the mask the object’s keys only',
  ownKeys: 'full, own keys beside',
  ownKeysBiased: 'full, own keys beside, foreign + 2',
  mirrored: 'full, and the appearance’s mirror image',
  localAdain: 'full, AdaIN local by attention',
  noStructure: 'full, structure never read',
  balanced: 'full, renormalised, guidance 2',
  fewSteps: 'full, a fifth of the steps',
  nothing: 'nothing',
  colorTransfer: 'global colour transfer',
};
