import { defineNode } from '../../src/diffusion/define-node.js';
import { pictureChannel } from '../../src/diffusion/image-processor.js';
import { pictureFacts, tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'LoadMask',
  version: 1,
  displayName: 'Load Mask',
  category: 'mask',
  description:
    'Reads one channel of a picture as a mask: a hand-drawn foreground in place of the self-segmentation. The picture may have any size; a mask is brought to the size of the latents by nearest neighbour where it is used.',
  source: 'Method, section 9',
  searchAliases: ['load image mask', 'LoadImageMask', 'alpha', 'matte'],
  example: 'own-masks',
  inputs: {
    image: {
      type: 'COMBO',
      options: [],
      default: '',
      source: 'pictures',
      tooltip: 'The name of the picture.',
    },
    channel: {
      type: 'COMBO',
      options: ['alpha', 'red', 'green', 'blue'],
      default: 'red',
      tooltip: 'The channel whose brightness is the mask: 0 is background, 255 is foreground.',
    },
  },
  outputs: {
    MASK: { type: 'MASK', shape: 'H×W', tooltip: 'The channel as values from 0 to 1.' },
  },
  forecast({ image }, { facts }) {
    const { width, height } = pictureFacts(facts, image);
    return { MASK: tensorForecast([1, 1, height, width], null) };
  },
  fingerprint: ({ image }, { pictures }) => pictures.fingerprint(image),
  async execute({ image, channel }, { services }) {
    const picture = await services.pictures.read(image);
    return { MASK: { values: pictureChannel(picture, channel) } };
  },
});
