import { defineNode } from '../../src/diffusion/define-node.js';
import { modelFacts } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'LoadCheckpoint',
  version: 1,
  displayName: 'Load Checkpoint',
  category: 'loaders',
  description:
    'Loads a Stable Diffusion 1.x or 2.x checkpoint: the denoising U-Net, the text encoder and the autoencoder. A folder in the layout of diffusers and a single `.safetensors` file serve alike. Nothing is converted; the weights are used as they lie in the file.',
  source: 'Rombach et al., latent diffusion',
  searchAliases: [
    'CheckpointLoaderSimple',
    'model',
    'stable diffusion',
    'safetensors',
    'diffusers',
  ],
  example: 'appearance-transfer',
  inputs: {
    ckpt_name: {
      type: 'COMBO',
      options: [],
      default: 'creatures',
      source: 'models',
      tooltip:
        'The name of the checkpoint; `creatures` is the small one that ships with Crossweave.',
    },
    prediction_type: {
      type: 'COMBO',
      options: ['auto', 'epsilon', 'v_prediction'],
      default: 'auto',
      tooltip:
        'What the U-Net predicts. *auto* believes the files; some 2.x files do not say it, and give coloured noise when guessed wrongly.',
    },
    ema: {
      type: 'BOOLEAN',
      default: false,
      tooltip:
        'Takes the averaged (EMA) weights of a file that has both; the others are what diffusers takes.',
    },
  },
  outputs: {
    MODEL: { type: 'MODEL', tooltip: 'The U-Net that predicts the noise.' },
    CLIP: { type: 'CLIP', tooltip: 'The text encoder, which turns prompts into embeddings.' },
    VAE: { type: 'VAE', tooltip: 'The autoencoder, which turns pictures into latents and back.' },
  },
  forecast({ ckpt_name, prediction_type, ema }, { facts: known }) {
    const facts = modelFacts(known, ckpt_name);
    const { unet, text, vae } = facts;
    const byteLength = unet.weightBytes + text.weightBytes + vae.weightBytes;
    const id = `${ckpt_name} ${prediction_type} ${String(ema)}`;
    // The three are one checkpoint in memory.
    const largestBytes = Math.max(unet.largestBytes, text.largestBytes, vae.largestBytes);
    const dtype = unet.dtype && { dtype: unet.dtype };
    const held = { byteLength, largestBytes, holder: 'checkpoint', ...dtype };
    return {
      MODEL: { ...held, about: { facts, id, freeU: undefined } },
      CLIP: { ...held, about: { facts, id } },
      VAE: { ...held, about: vae },
    };
  },
  fingerprint: ({ ckpt_name }, { models }) => models.fingerprint(ckpt_name),
  async execute({ ckpt_name, prediction_type, ema }, { services, signal, progress, warn }) {
    const choices = { prediction: prediction_type, averaged: ema };
    const options = { choices, warn };
    const checkpoint = await services.models.load(ckpt_name, signal, progress, options);
    return {
      MODEL: { denoiser: checkpoint.denoiser, freeU: undefined, checkpoint },
      CLIP: { textEncoder: checkpoint.textEncoder, checkpoint: checkpoint.retain() },
      VAE: { vae: checkpoint.vae, checkpoint: checkpoint.retain() },
    };
  },
});
