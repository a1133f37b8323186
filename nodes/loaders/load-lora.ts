import type { ValueForecast } from '../../src/core/forecast/node-forecast.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import type { NetworkFacts } from '../../src/diffusion/forecast-facts.js';

const strength = { type: 'FLOAT', default: 1, min: -10, max: 10, step: 0.05 } as const;

export default defineNode({
  type: 'LoadLoRA',
  version: 1,
  displayName: 'Load LoRA',
  category: 'loaders',
  description:
    'Adds what a LoRA has learnt to the weights of a model and its text encoder. Files made by kohya’s scripts, diffusers and PEFT serve alike. The sum is made once, when the weights are put in memory, so that a run costs no more. Several may follow one another.',
  searchAliases: ['LoraLoader', 'lora', 'lycoris', 'style', 'fine-tune'],
  inputs: {
    model: { type: 'MODEL', tooltip: 'The model to change.' },
    clip: { type: 'CLIP', tooltip: 'The text encoder to change.' },
    lora_name: {
      type: 'COMBO',
      options: [],
      default: '',
      source: 'loras',
      tooltip: 'The name of the LoRA file.',
    },
    strength_model: {
      ...strength,
      tooltip: 'Factor on what is added to the U-Net; 0 leaves it as it is.',
    },
    strength_clip: {
      ...strength,
      tooltip: 'Factor on what is added to the text encoder; 0 leaves it as it is.',
    },
  },
  outputs: {
    MODEL: { type: 'MODEL', tooltip: 'The changed model.' },
    CLIP: { type: 'CLIP', tooltip: 'The changed text encoder.' },
  },
  forecast({ model, clip, lora_name, strength_model, strength_clip }) {
    const changed = <About extends { readonly id: string }>(
      value: ValueForecast<About>,
      strength: number,
      { weightBytes: byteLength, largestBytes }: NetworkFacts,
    ): ValueForecast<About> => {
      if (strength === 0) return { ...value, holder: 'checkpoint' };
      const id = `${value.about.id} + ${String(strength)} ${lora_name}`;
      return { ...value, byteLength, largestBytes, about: { ...value.about, id } };
    };
    return {
      MODEL: changed(model, strength_model, model.about.facts.unet),
      CLIP: changed(clip, strength_clip, clip.about.facts.text),
    };
  },
  fingerprint: ({ lora_name }, { models }) => models.fingerprint(lora_name, 'lora'),
  async execute(
    { model, clip, lora_name: name, strength_model, strength_clip },
    { services, signal, progress, warn },
  ) {
    const context = { signal, progress: () => undefined, warn };
    const { models } = services;
    const network =
      strength_model === 0
        ? { part: model.denoiser, claim: model.checkpoint.retain() }
        : await models.patchDenoiser(model.denoiser, { name, strength: strength_model }, context);
    progress(1, 2);
    try {
      const text =
        strength_clip === 0
          ? { part: clip.textEncoder, claim: clip.checkpoint.retain() }
          : await models.patchTextEncoder(
              clip.textEncoder,
              { name, strength: strength_clip },
              context,
            );
      progress(2, 2);
      return {
        MODEL: { ...model, denoiser: network.part, checkpoint: network.claim },
        CLIP: { ...clip, textEncoder: text.part, checkpoint: text.claim },
      };
    } catch (error) {
      network.claim.dispose();
      throw error;
    }
  },
});
