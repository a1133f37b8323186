import type { LatentFormat } from '../../../src/diffusion/ports.js';

/** The format of latents that no autoencoder of this run made: nothing previews them. */
export function bareFormat(channels: number): LatentFormat {
  return {
    channels,
    downscale: 8,
    scalingFactor: 1,
    nativeSize: 0,
    previewer: 'nobody',
    preview: () => Promise.reject(new Error('Recorded latents without a model have no preview.')),
  };
}
