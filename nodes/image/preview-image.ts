import { defineNode } from '../../src/diffusion/define-node.js';
import { pixelsToPicture } from '../../src/diffusion/image-processor.js';

export default defineNode({
  type: 'PreviewImage',
  version: 1,
  displayName: 'Preview Image',
  category: 'image',
  description: 'Shows a picture on the node. Nothing is saved.',
  searchAliases: ['show', 'view', 'output'],
  outputNode: true,
  example: 'single-step',
  inputs: { images: { type: 'IMAGE', tooltip: 'The picture to show.' } },
  outputs: {},
  forecast: () => ({}),
  async execute({ images }, { show }) {
    show('result', await pixelsToPicture(images.pixels));
    return {};
  },
});
