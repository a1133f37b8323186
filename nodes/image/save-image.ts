import { defineNode } from '../../src/diffusion/define-node.js';
import { pixelsToPicture } from '../../src/diffusion/image-processor.js';

export default defineNode({
  type: 'SaveImage',
  version: 1,
  displayName: 'Save Image',
  category: 'image',
  description: 'Keeps a picture as PNG among your pictures and shows it on the node.',
  searchAliases: ['export', 'download', 'png', 'output'],
  outputNode: true,
  example: 'appearance-transfer',
  inputs: {
    images: { type: 'IMAGE', tooltip: 'The picture to keep.' },
    filename_prefix: {
      type: 'STRING',
      default: 'crossweave',
      tooltip: 'The name of the file; a number is added when it is taken.',
    },
  },
  outputs: {},
  forecast: () => ({}),
  async execute({ images, filename_prefix }, { services, show }) {
    const picture = await pixelsToPicture(images.pixels);
    show(await services.pictures.write(filename_prefix, picture), picture);
    return {};
  },
});
