import { defineNode } from '../../src/diffusion/define-node.js';
import {
  forecastLens,
  LENS_BRANCHES,
  LENS_PLACE,
  lensLayers,
} from '../../src/diffusion/attention-lens.js';
import { floatBytes } from '../../src/diffusion/forecast-facts.js';
import { plainForecast, tensorForecast } from '../../src/diffusion/forecast-values.js';
import { pictureToPixels } from '../../src/diffusion/image-processor.js';
import { LENS_LAYER } from '../../src/diffusion/lens-layers.js';
import {
  gridPicture,
  pictureUnder,
  placeColour,
  warped,
} from '../../src/diffusion/lens-pictures.js';
import { correspondence } from '../../src/tensor/correspondence.js';

export default defineNode({
  type: 'Correspondence',
  version: 1,
  displayName: 'Correspondence',
  category: 'lens',
  description: [
    'Shows what the network takes for the same thing in two pictures: for each place of one the place of the other with the **highest cross-image attention** (paper, figure 2). The appearance’s places have a colour each, laid over its picture; the first map shows which of them each place goes to, over the asking picture where that is linked, and the warp fetches their pixels.',
    '',
    'It looks at the decoder’s self-attention, in one layer and pass of both branches or averaged over several. For the places of a result, invert the result and connect its branch.',
  ].join('\n'),
  equation: 'c(i) = argmax over j of softmax(Q_i · K_appᵀ / √d)_j',
  source: 'Paper, figure 2; method, section 6',
  searchAliases: ['attention lens', 'semantic matching', 'warp', 'figure 2'],
  outputNode: true,
  example: 'own-masks',
  inputs: {
    ...LENS_BRANCHES,
    image: {
      type: 'IMAGE',
      tooltip: 'The appearance picture, for the warp and below its colours.',
    },
    queries_image: {
      type: 'IMAGE',
      optional: true,
      tooltip: 'The picture that asks, to be shown below the colours of the places it goes to.',
    },
    ...LENS_PLACE,
    ...LENS_LAYER,
  },
  outputs: {
    IMAGE: {
      type: 'IMAGE',
      shape: '1×3×H×W',
      tooltip: 'The appearance’s pixels, each where it corresponds to.',
    },
  },
  forecast({ queries, appearance, image, queries_image: _shown, ...place }, context) {
    const [, , height = 0, width = 0] = forecastLens(queries, appearance, place, context).shape;
    context.scratch(floatBytes([64, height * width]));
    const key = JSON.stringify(['correspondence', image.about.key, place]);
    if (image.shape === undefined) return { IMAGE: plainForecast({ key }) };
    return { IMAGE: tensorForecast([1, 3, height * 8, width * 8], { key }) };
  },
  async execute({ queries, appearance, image, queries_image, ...place }, { signal, show, warn }) {
    const layers = await lensLayers({ from: queries, to: appearance, ...place }, { signal, warn });
    const found = correspondence(layers, signal);
    const [layer] = layers;
    const { downscale, grid, keyGrid } = layer;
    const source = await pictureUnder(image, keyGrid, downscale);
    const asking = await pictureUnder(queries_image, grid, downscale);
    const result = warped(source, layer, found);
    const colour = (cell: number) => placeColour(cell, keyGrid);
    show(
      'goes to',
      gridPicture(grid, downscale, (cell) => colour(found[cell] ?? 0), asking),
    );
    show('places', gridPicture(keyGrid, downscale, colour, source));
    show('warp', result);
    return { IMAGE: { pixels: pictureToPixels(result) } };
  },
});
