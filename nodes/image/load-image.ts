import { defineNode } from '../../src/diffusion/define-node.js';
import { pictureChannel, pictureToPixels } from '../../src/diffusion/image-processor.js';
import { pictureFacts, tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'LoadImage',
  version: 1,
  displayName: 'Load Image',
  category: 'image',
  description:
    'Reads a picture of yours. Transparent parts are laid on **white**, and the transparency itself comes out as a mask, so that a cut-out subject brings its own foreground mask for AdaIN.',
  searchAliases: ['picture', 'photo', 'open image', 'upload'],
  example: 'appearance-transfer',
  inputs: {
    image: {
      type: 'COMBO',
      options: [],
      default: '',
      source: 'pictures',
      tooltip: 'The name of the picture.',
    },
  },
  outputs: {
    IMAGE: { type: 'IMAGE', shape: '1×H×W×3', tooltip: 'The picture, transparent parts on white.' },
    MASK: {
      type: 'MASK',
      shape: 'H×W',
      tooltip:
        'The opacity: 1 where the picture is opaque, 0 where it is transparent; 1 everywhere when it has no transparency.',
    },
  },
  forecast({ image }, { facts }) {
    const { width, height } = pictureFacts(facts, image);
    return {
      IMAGE: tensorForecast([1, 3, height, width], { key: image }),
      MASK: tensorForecast([1, 1, height, width], null),
    };
  },
  fingerprint: ({ image }, { pictures }) => pictures.fingerprint(image),
  async execute({ image }, { services }) {
    const picture = await services.pictures.read(image);
    return {
      IMAGE: { pixels: pictureToPixels(picture) },
      MASK: { values: pictureChannel(picture, 'alpha') },
    };
  },
});
