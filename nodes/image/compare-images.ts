import { defineNode } from '../../src/diffusion/define-node.js';
import { pixelsToPicture } from '../../src/diffusion/image-processor.js';

export default defineNode({
  type: 'CompareImages',
  version: 1,
  displayName: 'Compare Images',
  category: 'image',
  description:
    'Lays one picture over another, with a divider to slide between them: the structure picture against the result shows what was kept.',
  searchAliases: ['image comparer', 'before after', 'slider', 'difference'],
  outputNode: true,
  example: 'reconstruction',
  inputs: {
    image_a: { type: 'IMAGE', tooltip: 'The picture on the left of the divider.' },
    image_b: { type: 'IMAGE', tooltip: 'The picture on the right of the divider.' },
  },
  outputs: {},
  forecast: () => ({}),
  async execute({ image_a, image_b }, { show }) {
    const [a, b] = await Promise.all([
      pixelsToPicture(image_a.pixels),
      pixelsToPicture(image_b.pixels),
    ]);
    show('a', a);
    show('b', b);
    return {};
  },
});
