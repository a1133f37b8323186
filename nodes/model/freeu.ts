import { defineNode } from '../../src/diffusion/define-node.js';

const backbone = { type: 'FLOAT', min: 0, max: 10, step: 0.01 } as const;

export default defineNode({
  type: 'FreeU',
  version: 1,
  displayName: 'FreeU',
  category: 'model',
  description: [
    'Strengthens the backbone of the decoder and damps its lowest frequencies (Si et al., *FreeU*).',
    '',
    'This is the variant of the cross-image-attention code: it acts on the **input of each decoder block**, not on the skip connections, so its numbers do not compare with those of other FreeU nodes. The paper gives no parameters; these are the ones of its code. Leave the node out to run the network as it is.',
  ].join('\n'),
  equation: [
    'h′ = b · h in half of the channels',
    'LF(x) = x − (1 − s) / (H·W) · (x · M) · Mᵀ',
  ].join('\n'),
  source: 'Si et al., FreeU, in the reference code’s variant; method, section 8',
  searchAliases: ['free lunch', 'model patch'],
  example: 'appearance-transfer',
  inputs: {
    model: { type: 'MODEL', tooltip: 'The model to strengthen.' },
    b1: {
      ...backbone,
      default: 1.2,
      tooltip: 'Factor on half of the channels in every decoder block but the last.',
    },
    b2: {
      ...backbone,
      default: 1.4,
      tooltip: 'Factor on half of the channels in the last decoder block.',
    },
    s1: {
      ...backbone,
      default: 0.9,
      tooltip: 'Factor on the lowest frequencies in every decoder block but the last.',
    },
    s2: {
      ...backbone,
      default: 0.2,
      tooltip: 'Factor on the lowest frequencies in the last decoder block.',
    },
  },
  outputs: { MODEL: { type: 'MODEL', tooltip: 'The same model, run with these factors.' } },
  forecast: ({ model, b1, b2, s1, s2 }) => ({
    MODEL: { ...model, about: { ...model.about, freeU: { b1, b2, s1, s2 } } },
  }),
  execute({ model, b1, b2, s1, s2 }) {
    model.checkpoint.retain();
    return { MODEL: { ...model, freeU: { b1, b2, s1, s2 } } };
  },
});
