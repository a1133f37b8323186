import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { pixelsToPicture } from '../../src/diffusion/image-processor.js';
import { maskAtSize } from '../../src/diffusion/latent-mask.js';
import { fromLab, toLab } from '../../src/tensor/lab.js';
import { momentsDistance, momentsOf, type Moments } from '../../src/tensor/moments.js';
import type { Image, Mask } from '../../src/diffusion/sockets.js';

/** Side of each of the two colours that are shown. */
const SWATCH = 64;

export default defineNode({
  type: 'ColorDistance',
  version: 1,
  displayName: 'Color Distance',
  category: 'metrics',
  description:
    'Says how far the colours of two pictures are apart, wherever they lie: the distance between the **means and standard deviations** of L\\*, a\\* and b\\*. With masks only the foreground counts. It shows both mean colours. About 2 can just be seen.',
  equation: 'd² = Σ (μ_a − μ_b)² + (σ_a − σ_b)², over L*, a*, b*',
  searchAliases: ['colour statistics', 'palette', 'Lab', 'delta E'],
  outputNode: true,
  example: 'reconstruction',
  inputs: {
    image_a: { type: 'IMAGE', tooltip: 'One picture, such as the appearance picture.' },
    image_b: { type: 'IMAGE', tooltip: 'The other, such as the result.' },
    mask_a: { type: 'MASK', optional: true, tooltip: 'Where the first picture counts.' },
    mask_b: { type: 'MASK', optional: true, tooltip: 'Where the second picture counts.' },
  },
  outputs: { distance: { type: 'FLOAT', tooltip: 'In units of L*a*b*; 0 for equal statistics.' } },
  forecast: () => ({ distance: plainForecast(undefined) }),
  async execute({ image_a, image_b, mask_a, mask_b }, { show }) {
    const [a, b] = [
      await colorsOf(image_a, mask_a, 'mask_a'),
      await colorsOf(image_b, mask_b, 'mask_b'),
    ];
    const distance = momentsDistance(a, b);
    show(`Colour distance ${distance.toFixed(2)}`, swatches(a, b));
    return { distance };
  },
});

async function colorsOf(
  { pixels }: Image,
  mask: Mask | undefined,
  input: string,
): Promise<Moments> {
  const { width, height, data } = await pixelsToPicture(pixels);
  const weights = mask && (await (await maskAtSize(mask.values, height, width)).read());
  const moments = momentsOf(toLab(data, 4), 3, weights);
  if (moments) return moments;
  throw new AppError({
    code: 'input/invalid',
    input,
    reason: 'the mask is empty, so there are no colours to compare',
    remedy: 'Connect a mask that holds something, or none.',
  });
}

function swatches(a: Moments, b: Moments) {
  const colors = [a, b].map(({ mean }) => fromLab(Float32Array.from(mean)));
  const data = new Uint8ClampedArray(4 * 2 * SWATCH * SWATCH).fill(255);
  for (let i = 0; i < 2 * SWATCH * SWATCH; i += 1) {
    data.set(colors[i % (2 * SWATCH) < SWATCH ? 0 : 1] ?? [], 4 * i);
  }
  return { width: 2 * SWATCH, height: SWATCH, data };
}
