import { defineNode } from '../../src/diffusion/define-node.js';
import { vaeFacts } from '../../src/diffusion/forecast-values.js';
import { previewThrough } from '../../src/diffusion/preview-through.js';

export default defineNode({
  type: 'PreviewDecoder',
  version: 1,
  displayName: 'Preview Decoder',
  category: 'loaders',
  description:
    'Shows latents on their way through a small autoencoder (TAESD), sharper than the colours that are shown without one. The finished picture is still decoded by the autoencoder itself. A model whose folder has a `taesd_decoder.safetensors` does this without the node.',
  source: 'Bohan, Tiny AutoEncoder for Stable Diffusion',
  searchAliases: ['taesd', 'AutoencoderTiny', 'live preview', 'vae_approx'],
  inputs: {
    vae: { type: 'VAE', tooltip: 'The autoencoder that makes latents and pictures.' },
    preview_name: {
      type: 'COMBO',
      options: [],
      default: '',
      source: 'vaes',
      tooltip:
        'The name of the small autoencoder, in the layout of diffusers or as it was published.',
    },
  },
  outputs: {
    VAE: {
      type: 'VAE',
      sameAs: 'vae',
      tooltip: 'The autoencoder, whose latents are shown by the small one.',
    },
  },
  forecast: ({ vae, preview_name }, { facts }) => ({
    VAE: { ...vae, byteLength: vaeFacts(facts, preview_name).weightBytes },
  }),
  fingerprint: ({ preview_name }, { models }) => models.fingerprint(preview_name, 'vae'),
  async execute({ vae, preview_name }, { services, signal, progress, warn }) {
    const context = { signal, progress, warn };
    const { part, claim } = await services.models.loadVae(preview_name, context);
    try {
      const shown = previewThrough(vae.vae, part, 'graph');
      return { VAE: { ...vae, vae: shown, checkpoint: vae.checkpoint.retain(), preview: claim } };
    } catch (error) {
      claim.dispose();
      throw error;
    }
  },
});
