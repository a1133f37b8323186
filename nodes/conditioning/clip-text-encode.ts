import { defineNode } from '../../src/diffusion/define-node.js';

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
  async execute({ clip, text }, { signal, warn }) {
    return { CONDITIONING: await clip.textEncoder.encode(text, signal, warn) };
  },
});
