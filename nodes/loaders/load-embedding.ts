import { defineNode } from '../../src/diffusion/define-node.js';

export default defineNode({
  type: 'LoadEmbedding',
  version: 1,
  displayName: 'Load Embedding',
  category: 'loaders',
  description:
    'Teaches a text encoder a word from a textual inversion. In prompts write `embedding:name`, or `<name>`, where it belongs; the name is that in the list, that of the file, or the word under which it was trained. Several may follow one another.',
  source: 'Gal et al., textual inversion',
  searchAliases: ['textual inversion', 'embedding', 'token', 'word'],
  inputs: {
    clip: { type: 'CLIP', tooltip: 'The text encoder that learns the word.' },
    embedding_name: {
      type: 'COMBO',
      options: [],
      default: '',
      source: 'embeddings',
      tooltip: 'The name of the embedding file.',
    },
  },
  outputs: {
    CLIP: { type: 'CLIP', tooltip: 'The text encoder that knows the word as well.' },
  },
  forecast: ({ clip, embedding_name }) => ({
    CLIP: {
      ...clip,
      byteLength: clip.about.facts.text.weightBytes,
      about: { ...clip.about, id: `${clip.about.id} + ${embedding_name}` },
    },
  }),
  fingerprint: ({ embedding_name }, { models }) => models.fingerprint(embedding_name, 'embedding'),
  async execute({ clip, embedding_name }, { services, signal, progress, warn }) {
    const context = { signal, progress, warn };
    const { models } = services;
    const { part, claim } = await models.addEmbedding(clip.textEncoder, embedding_name, context);
    return { CLIP: { ...clip, textEncoder: part, checkpoint: claim } };
  },
});
