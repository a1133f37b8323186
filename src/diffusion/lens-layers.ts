import type { MixedLayer } from './ports.js';
import { layerLaneNames, scaleOfDownscale } from './schedule-sources.js';

/** The layers that a lens may look at whatever the model: the last one at the latent's own size, or all of a scale averaged. */
const LAYER_CHOICES = ['last', 'full', 'half'] as const;

/** The input of a node that looks at lens layers: which of them. */
export const LENS_LAYER = {
  layer: {
    type: 'COMBO',
    options: LAYER_CHOICES,
    default: 'last',
    source: 'layers',
    tooltip:
      'The decoder self-attention that is looked at, as the timeline names it: one layer, such as half.1, or the mean of all at the latent’s own size (full) or at half of it (half); last is the last of the full ones.',
  },
} as const;

/** Whether a choice is the layer that masks are made from, which a forward gives without its other queries. */
export function isLastLayer(choice: string): boolean {
  return choice === 'last';
}

/**
 * The mixed layers that a choice names, all of one scale, in the order they run: those of a scale, or one. What the model does not
 * have is told through `warn`, and its last full layer taken, or the last of all where it has no full one.
 */
export function chosenLayers(
  choice: string,
  layers: readonly Pick<MixedLayer, 'downscale'>[],
  warn?: (message: string) => void,
): readonly number[] {
  const names = layerLaneNames(layers);
  const found = names.flatMap((name, i) => {
    const isMeant = name === choice || scaleOfDownscale[layers[i]?.downscale ?? 1] === choice;
    return isMeant ? [i] : [];
  });
  if (found.length > 0) return found;
  const lastFull = layers.findLastIndex(({ downscale }) => downscale === 1);
  const last = lastFull < 0 ? layers.length - 1 : lastFull;
  if (!isLastLayer(choice)) {
    warn?.(
      `The model has no layer ${choice}: it has ${names.join(', ')}. ${names[last] ?? ''} is looked at instead.`,
    );
  }
  return [last];
}
