import type { ScheduleSettings } from './schedule.js';

/** Whose rules to follow: the reference code's, the paper's text, or ours (inversion and replay with one prediction). */
export type PresetName = 'official' | 'paper' | 'consistent';

/** The names of the presets, the default first. */
export const presetNames: readonly PresetName[] = ['official', 'paper', 'consistent'];

const official: ScheduleSettings = {
  steps: 100,
  skipSteps: 32,
  lag: 1,
  halfStart: 10,
  halfEnd: 70,
  fullStart: 10,
  fullEnd: 90,
  structureEvery: 5,
  structureUntil: 40,
  contrast: 1.67,
  clip: true,
  contrastOnStructure: true,
  guidance: 3.5,
  guidanceEnd: 1.75,
  guidanceStartAt: 10,
  guidanceEndAt: 90,
  adainStart: 20,
  adainEnd: 100,
};

/** Settings of the injection schedule. method.md 3.1 to 3.4. */
export const schedulePresets: Readonly<Record<PresetName, ScheduleSettings>> = {
  official,
  paper: {
    ...official,
    skipSteps: 0,
    lag: 0,
    structureEvery: 0,
    clip: false,
    contrastOnStructure: false,
    guidanceEnd: 3.5,
    guidanceStartAt: 0,
    guidanceEndAt: 1000,
  },
  consistent: official,
};

/** Settings of the inversion: `cfg` 1 inverts with the prediction that the denoiser uses. method.md 3.4 and 11.2. */
export const inversionPresets: Readonly<
  Record<PresetName, { readonly steps: number; readonly skipSteps: number; readonly cfg: number }>
> = {
  official: { steps: 100, skipSteps: 32, cfg: 3.5 },
  paper: { steps: 100, skipSteps: 0, cfg: 3.5 },
  consistent: { steps: 100, skipSteps: 32, cfg: 1 },
};

/** How the reference branches get their latents. */
export const referencePresets: Readonly<
  Record<PresetName, { readonly source: 'replay' | 'inverted' }>
> = {
  official: { source: 'replay' },
  paper: { source: 'replay' },
  consistent: { source: 'inverted' },
};

/** The pass in which the denoise loop starts: before the first mixing pass the consistent result equals the inversion. */
export const startPresets: Readonly<Record<PresetName, { readonly startAt: number }>> = {
  official: { startAt: 0 },
  paper: { startAt: 0 },
  consistent: { startAt: 11 },
};

/** A table of presets under the names of a node's widgets (`skipSteps` becomes `skip_steps`). */
export function widgetPresets<
  Settings extends { readonly [Name in keyof Settings]: number | string | boolean },
>(
  table: Readonly<Record<PresetName, Settings>>,
): Readonly<Record<PresetName, Readonly<Record<string, number | string | boolean>>>> {
  const toWidgets = (settings: Settings) =>
    Object.fromEntries(
      Object.entries<number | string | boolean>(settings).map(([name, value]) => [
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      ]),
    );
  return {
    official: toWidgets(table.official),
    paper: toWidgets(table.paper),
    consistent: toWidgets(table.consistent),
  };
}
