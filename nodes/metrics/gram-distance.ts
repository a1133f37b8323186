import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { pixelsToPicture } from '../../src/diffusion/image-processor.js';
import { maskAtSize } from '../../src/diffusion/latent-mask.js';
import type { Image, Mask } from '../../src/diffusion/sockets.js';
import { toLab } from '../../src/tensor/lab.js';
import { gramDistance, textureGrams } from '../../src/tensor/texture-gram.js';

export default defineNode({
  type: 'GramDistance',
  version: 1,
  displayName: 'Gram Distance',
  category: 'metrics',
  description:
    'Says how unlike the **textures** of two pictures are, wherever they lie: the distance of Gram matrices at five scales. The features are fixed, not a network’s: the colours in L\\*a\\*b\\* and their first and second differences along x and y. Numbers are therefore not those of the paper, which takes VGG19; compare them among each other.',
  equation: 'd = mean over scales of ‖G_a − G_b‖ / √(‖G_a‖ · ‖G_b‖)',
  source: 'Gatys et al., with fixed features; method, section 15',
  searchAliases: ['style loss', 'texture', 'appearance score'],
  outputNode: true,
  example: 'reconstruction',
  inputs: {
    image_a: { type: 'IMAGE', tooltip: 'One picture, such as the appearance picture.' },
    image_b: { type: 'IMAGE', tooltip: 'The other, such as the result.' },
    mask_a: { type: 'MASK', optional: true, tooltip: 'Where the first picture counts.' },
    mask_b: { type: 'MASK', optional: true, tooltip: 'Where the second picture counts.' },
  },
  outputs: { distance: { type: 'FLOAT', tooltip: 'The distance, 0 for equal textures.' } },
  forecast: () => ({ distance: plainForecast(undefined) }),
  async execute({ image_a, image_b, mask_a, mask_b }, { show }) {
    const a = await gramsOf(image_a, mask_a);
    const b = await gramsOf(image_b, mask_b);
    const distance = gramDistance(a, b);
    show('a', await pixelsToPicture(image_a.pixels));
    show(`b, Gram distance ${distance.toFixed(3)}`, await pixelsToPicture(image_b.pixels));
    return { distance };
  },
});

async function gramsOf({ pixels }: Image, mask: Mask | undefined) {
  const { width, height, data } = await pixelsToPicture(pixels);
  const weights = mask && (await (await maskAtSize(mask.values, height, width)).read());
  return textureGrams({ width, height, data: toLab(data, 4) }, weights);
}
