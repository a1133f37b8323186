import { defineNode } from '../../src/diffusion/define-node.js';
import { multiplyAdds, weightsInUse } from '../../src/diffusion/forecast-facts.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'CLIPTextEncode',
  version: 1,
  displayName: 'CLIP Text Encode (Prompt)',
  category: 'conditioning',
  description:
    'Turns a prompt into the embeddings that the U-Net reads. The method wants a plain sentence that names what both pictures show, such as *a photo of an animal*; the noun is also what the self-segmentation looks for.',
  equation: 'c = CLIP(text)',
  source: 'Radford et al., CLIP; 77 tokens, cut or padded',
  searchAliases: ['prompt', 'text', 'positive', 'negative'],
  example: 'appearance-transfer',
  inputs: {
    clip: { type: 'CLIP', tooltip: 'The text encoder of the checkpoint.' },
    text: {
      type: 'STRING',
      default: 'a photo of an animal',
      multiline: true,
      tooltip: 'What the pictures show; an empty text is the unconditional prompt.',
    },
  },
  outputs: {
    CONDITIONING: { type: 'CONDITIONING', shape: '1×77×768', tooltip: 'The encoded prompt.' },
  },
  forecast({ clip, text }, { work }) {
    const { facts, id } = clip.about;
    const { tokens, width, work: terms } = facts.text;
    const size = { height: 1, width: 1, textTokens: tokens };
    work({
      unit: 'clip',
      model: facts.name,
      samples: 1,
      equivalents: 1,
      multiplyAdds: multiplyAdds(terms, size),
      weights: weightsInUse(`text ${id}`, facts.text),
    });
    const about = { key: `${id} ${text}`, prompt: text };
    return { CONDITIONING: tensorForecast([1, tokens, width], about) };
  },
  async execute({ clip, text }, { signal, warn }) {
    return { CONDITIONING: await clip.textEncoder.encode(text, signal, warn) };
  },
});
