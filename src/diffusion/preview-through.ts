import { AppError } from '../core/errors.js';
import type { LatentFormat, Vae } from './ports.js';

/**
 * The same autoencoder, whose latents are looked at through another, small one, because the model or the graph says so; pictures are
 * still made by itself.
 * @throws AppError `input/invalid` when the other one has latents of another form.
 */
export function previewThrough(vae: Vae, small: Vae, by: 'model' | 'graph'): Vae {
  if (!hasSameLatents(vae.format, small.format)) {
    throw new AppError({
      code: 'input/invalid',
      input: 'preview_name',
      reason: `its latents have ${form(small.format)}, those of the autoencoder ${form(vae.format)}`,
      remedy:
        'Choose the small autoencoder that was made for this family, TAESD for Stable Diffusion 1.x and 2.x.',
    });
  }
  const { previewer } = small.format;
  if (vae.showThrough) {
    vae.showThrough(previewer, by);
    // What the graph says may change while its latents are kept.
    return by === 'graph' ? vae : { ...vae, format: { ...vae.format, previewer } };
  }
  const preview: LatentFormat['preview'] = (samples) => small.format.preview(samples);
  return { ...vae, format: { ...vae.format, previewer, preview } };
}

/** Whether two autoencoders can be looked at in place of each other. */
export function hasSameLatents(a: LatentFormat, b: LatentFormat): boolean {
  return a.channels === b.channels && a.downscale === b.downscale;
}

function form({ channels, downscale }: LatentFormat): string {
  return `${String(channels)} channels and a cell every ${String(downscale)} pixels`;
}
