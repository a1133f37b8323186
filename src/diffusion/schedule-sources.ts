import type { MaskSet } from './schedule-lanes.js';
import type { ForeignSource, KeyValueSource, ScheduleStep } from './sockets.js';

/** The sources that are not the result's own, in the order they are shown and masks are named in. */
export const foreignSources: readonly ForeignSource[] = [
  'appearance',
  'structure',
  'c',
  'd',
  'e',
  'f',
];

/** The sources that a cell can be painted with. */
export const keyValueSources: readonly KeyValueSource[] = ['own', ...foreignSources];

/** The words of lane texts for sources. */
export const sourceWords: Readonly<Record<string, KeyValueSource>> = {
  own: 'own',
  app: 'appearance',
  struct: 'structure',
  c: 'c',
  d: 'd',
  e: 'e',
  f: 'f',
};

/** The word of lane texts for a source. */
export function wordOfSource(source: KeyValueSource): string {
  return Object.keys(sourceWords).find((word) => sourceWords[word] === source) ?? source;
}

/** The inputs of CrossImageUNetStep that bring a source and its mask. */
export const sourceInputs: Readonly<
  Record<ForeignSource, { readonly reference: string; readonly mask: string }>
> = {
  appearance: { reference: 'appearance', mask: 'appearance_mask' },
  structure: { reference: 'structure', mask: 'structure_mask' },
  c: { reference: 'reference_c', mask: 'mask_c' },
  d: { reference: 'reference_d', mask: 'mask_d' },
  e: { reference: 'reference_e', mask: 'mask_e' },
  f: { reference: 'reference_f', mask: 'mask_f' },
};

/** The one name of a set of masks, given words of sources in any order. */
export function maskSetOf(words: readonly string[]): MaskSet {
  const known = foreignSources.map(wordOfSource);
  const set = known.filter((word) => words.includes(word));
  if (set.length === 0) return 'none';
  return set.length === known.length ? 'all' : set.join('+');
}

/** The sources whose masks a set names. */
export function sourcesOfMaskSet(set: MaskSet): readonly ForeignSource[] {
  if (set === 'all') return foreignSources;
  const words = set.split('+');
  return foreignSources.filter((source) => words.includes(wordOfSource(source)));
}

/** The scales that are mixed, by the side of the latent divided by the side of the layer's grid. */
export const scaleOfDownscale = { 1: 'full', 2: 'half' } as const;

/** The name of each mixed layer in lane texts: its scale, and its number among the scale's layers as they run. */
export function layerLaneNames(layers: readonly { readonly downscale: 1 | 2 }[]): string[] {
  const counts = { half: 0, full: 0 };
  return layers.map(({ downscale }) => {
    const scale = scaleOfDownscale[downscale];
    return `${scale}.${String(counts[scale]++)}`;
  });
}

/** The scale that a lane of its layers, or of its masks, belongs to: `half` of `half.0`. */
export function scaleOfLane(name: string): 'half' | 'full' {
  return name.startsWith('half') ? 'half' : 'full';
}

/** Whose keys and values the layer of a name reads in a pass: its own lane's, else its scale's. */
export function layerSource({ layers, sources }: ScheduleStep, name: string): KeyValueSource {
  return layers[name] ?? sources[scaleOfLane(name)];
}

/** What is said of the masks of a lane: of the lane itself, else of its scale. */
export function laneMasksOf<Masks>(
  laneMasks: Readonly<Record<string, Masks>> | undefined,
  name: string,
): Masks | undefined {
  return laneMasks?.[name] ?? laneMasks?.[scaleOfLane(name)];
}

/** The sources that keep to their masks in the layer of a name: its own lane's masks, else its scale's, else all lanes'. */
export function layerMasks(
  { masks, laneMasks }: Pick<ScheduleStep, 'masks' | 'laneMasks'>,
  name: string,
): readonly ForeignSource[] {
  return laneMasksOf(laneMasks, name) ?? masks;
}
