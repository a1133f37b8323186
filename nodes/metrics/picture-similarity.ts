import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { pixelsToPicture, prepareImage } from '../../src/diffusion/image-processor.js';
import { scorePictures } from '../../src/diffusion/picture-scores.js';

export default defineNode({
  type: 'PictureSimilarity',
  version: 1,
  displayName: 'Picture Similarity (PSNR, SSIM)',
  category: 'metrics',
  description:
    'Compares two pictures pixel by pixel: the **peak signal-to-noise ratio** of their colours, and the **structural similarity** of their brightness. Use it where a result has a reference, such as a reconstruction. A picture of another size is cropped about its centre and resized, which is told.',
  equation: 'PSNR = 10 · log₁₀(255² / mean squared difference)',
  source: 'Wang, Bovik, Sheikh and Simoncelli, 2004',
  searchAliases: ['PSNR', 'SSIM', 'difference', 'quality'],
  outputNode: true,
  example: 'reconstruction',
  inputs: {
    image_a: { type: 'IMAGE', tooltip: 'The reference.' },
    image_b: { type: 'IMAGE', tooltip: 'The picture that is held against it.' },
  },
  outputs: {
    psnr: { type: 'FLOAT', tooltip: 'Decibel; infinite for equal pictures.' },
    ssim: { type: 'FLOAT', tooltip: 'At most 1, which equal pictures have.' },
  },
  forecast: () => ({ psnr: plainForecast(undefined), ssim: plainForecast(undefined) }),
  async execute({ image_a, image_b }, { show, warn }) {
    const a = await pixelsToPicture(image_a.pixels);
    let b = await pixelsToPicture(image_b.pixels);
    if (a.width !== b.width || a.height !== b.height) {
      warn('The pictures have different sizes; the second was cropped and resized to the first.');
      ({ picture: b } = await prepareImage(image_b.pixels, a.width, a.height));
    }
    const scores = scorePictures(a, b);
    const [psnr, ssim] = [scores?.psnr ?? 0, scores?.ssim ?? NaN];
    if (Number.isNaN(ssim)) warn('Pictures under 11 pixels a side have no structural similarity.');
    const difference = a.data.map((value, i) =>
      i % 4 === 3 ? 255 : Math.abs(value - (b.data[i] ?? 0)),
    );
    show(`PSNR ${psnr.toFixed(2)} dB, SSIM ${ssim.toFixed(4)}`, { ...a, data: difference });
    return { psnr, ssim };
  },
});
