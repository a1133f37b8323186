import { defineNode } from '../../src/diffusion/define-node.js';
import {
  floatBytes,
  multiplyAdds,
  weightsInUse,
  widestMap,
} from '../../src/diffusion/forecast-facts.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'VAEDecode',
  version: 1,
  displayName: 'VAE Decode',
  category: 'latent',
  description: 'Turns latents into a picture with the decoder of the autoencoder.',
  equation: 'y = D(x / s),  s = 0.18215 in SD 1.5',
  source: 'Rombach et al., latent diffusion; method, section 5',
  searchAliases: ['latent to image', 'decode'],
  example: 'reconstruction',
  inputs: {
    samples: { type: 'LATENT', tooltip: 'The latents of a picture.' },
    vae: { type: 'VAE', tooltip: 'The autoencoder that the latents belong to.' },
  },
  outputs: { IMAGE: { type: 'IMAGE', shape: '1×H×W×3', tooltip: 'The picture.' } },
  forecast({ samples, vae }, { work, scratch }) {
    const { name, downscale, decoderWork, widestChannels } = vae.about;
    const [, , height = 0, width = 0] = samples.shape ?? [];
    const size = { height, width, textTokens: 0 };
    const [down, across] = [height * downscale, width * downscale];
    scratch(floatBytes([4, widestChannels, down, across]), widestMap(vae.about, height, width));
    work({
      unit: 'vae-decode',
      model: name,
      samples: 1,
      equivalents: 1,
      multiplyAdds: multiplyAdds(decoderWork, size),
      weights: weightsInUse(`vae ${name}`, vae.about),
    });
    return { IMAGE: tensorForecast([1, 3, down, across], samples.about) };
  },
  async execute({ samples, vae }, { services, signal, warn }) {
    const decoded = await vae.vae.decode(samples.samples, signal, warn);
    try {
      return { IMAGE: { pixels: services.ops.affine(decoded, 0.5, 0.5, [0, 1]) } };
    } finally {
      decoded.dispose();
    }
  },
});
