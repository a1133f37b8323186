import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast, vaeFacts } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'LoadVAE',
  version: 1,
  displayName: 'Load VAE',
  category: 'loaders',
  description:
    'Loads an autoencoder by itself: a `.safetensors` file in either layout, a folder with `config.json`, or the one inside a checkpoint. For checkpoints that come without one, or to use another.',
  searchAliases: ['VAELoader', 'autoencoder', 'safetensors'],
  inputs: {
    vae_name: {
      type: 'COMBO',
      options: [],
      default: '',
      source: 'vaes',
      tooltip: 'The name of the autoencoder.',
    },
  },
  outputs: {
    VAE: { type: 'VAE', tooltip: 'The autoencoder, which turns pictures into latents and back.' },
  },
  forecast({ vae_name }, { facts }) {
    const vae = vaeFacts(facts, vae_name);
    const { weightBytes, largestBytes, dtype } = vae;
    return { VAE: { ...plainForecast(vae, weightBytes), largestBytes, ...(dtype && { dtype }) } };
  },
  fingerprint: ({ vae_name }, { models }) => models.fingerprint(vae_name, 'vae'),
  async execute({ vae_name }, { services, signal, progress, warn }) {
    const { part, claim } = await services.models.loadVae(vae_name, { signal, progress, warn });
    return { VAE: { vae: part, checkpoint: claim } };
  },
});
