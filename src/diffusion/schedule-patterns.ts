import type { ScheduleTexts } from './lane-texts.js';

/** The names of ready-made schedules that only say where keys and values come from. */
export const patternNames = [
  'structure-every',
  'late-layers',
  'appearance-only',
  'alternate',
] as const;

/** The name of a ready-made schedule. */
export type PatternName = (typeof patternNames)[number];

/** The pass with which the official schedule begins to mix. */
const start = 11;

/**
 * The source lanes of a ready-made schedule, over all passes from 11 on. `every` is how far apart its injections of
 * structure are.
 */
export function patternTexts(
  name: PatternName,
  every: number,
): Pick<ScheduleTexts, 'full' | 'half' | 'layers'> {
  const appearance = `app ${String(start)}..`;
  const both = (text: string) => ({ full: text, half: text, layers: '' });
  switch (name) {
    case 'structure-every':
      return both(`${appearance}; struct ${String(start)}../${String(Math.max(1, every))}`);
    case 'late-layers':
      // The finest scale comes last in the decoder; of it, all layers but the first.
      return { full: appearance, half: 'own', layers: 'full.0: own' };
    case 'appearance-only':
      return both(appearance);
    case 'alternate':
      return both(`${appearance}; struct ${String(start)}../2`);
  }
}
