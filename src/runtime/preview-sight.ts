import type { GraphDocument } from '../core/graph/types.js';
import type { LatentFormat } from '../diffusion/ports.js';

type Preview = LatentFormat['preview'];

/**
 * The previews of the autoencoders that are loaded, by id. A latent that was saved from a lost device is shown by the new session
 * of the same autoencoder.
 */
const newest = new Map<string, Preview>();
let graphLooksThrough = true;

/**
 * Told of every graph before it runs: without a Preview Decoder, latents of earlier runs are shown as if there had never been one,
 * and once it is back they are shown through it again; nothing is computed anew for that.
 */
export function lookAsGraphSays({ nodes, subgraphs = {} }: GraphDocument): void {
  const all = [nodes, ...Object.values(subgraphs).map((inner) => inner.nodes)];
  graphLooksThrough = all.some((some) =>
    Object.values(some).some(({ type, mode }) => type === 'PreviewDecoder' && mode === undefined),
  );
}

/** The preview by the loaded autoencoder of that id, if it is loaded. */
export function loadedPreview(id: string): Preview | undefined {
  return newest.get(id);
}

/** How the latents of one autoencoder are looked at. */
export interface Sight {
  readonly preview: Preview;
  /** From now on through the autoencoder of that id, always or in graphs that say so. */
  readonly through: (id: string, by: 'model' | 'graph') => void;
  /** The autoencoder is no longer loaded. */
  close(): void;
}

/** The sight of the autoencoder `id`, which shows latents by `own` unless told otherwise. */
export function openSight(id: string, own: Preview): Sight {
  const chosen: { model?: string; graph?: string } = {};
  const preview: Preview = (samples) => {
    const successor = newest.get(id);
    if (successor !== undefined && successor !== preview) return successor(samples);
    const other = (graphLooksThrough ? chosen.graph : undefined) ?? chosen.model;
    return ((other === undefined ? undefined : newest.get(other)) ?? own)(samples);
  };
  newest.set(id, preview);
  return {
    preview,
    through: (other, by) => {
      if (other !== id) chosen[by] = other;
    },
    close: () => {
      if (newest.get(id) === preview) newest.delete(id);
    },
  };
}
