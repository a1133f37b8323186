import type { Network } from './network.js';

/** Names of the input and output of the two graphs of an autoencoder. */
export const VAE_NAMES = {
  /** `[1, 3, height, width]` in -1..1. */
  pixels: 'pixels',
  /** Scaled latents `[1, channels, height / downscale, width / downscale]`. */
  latent: 'latent',
} as const;

/** An autoencoder as two graphs: pixels to scaled latents, and back. */
export interface VaeGraphs {
  readonly latentChannels: number;
  readonly downscale: number;
  readonly scalingFactor: number;
  readonly nativeSize: number;
  /** Whether its decoder is small for what it decodes, made to be looked through at every pass. */
  readonly isForPreviews?: boolean;
  readonly buildEncoder: () => Network;
  readonly buildDecoder: () => Network;
}
