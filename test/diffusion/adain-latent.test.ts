import { expect } from '@open-wc/testing';
import { adainLatent } from '../../src/diffusion/adain-latent.js';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';
import { pictureLatent } from './analytic-network.js';

const [content, style] = [pictureLatent(0), pictureLatent(1)];

function mask(pixels: number): Tensor {
  return cpuTensor(
    Float32Array.from({ length: 16 }, (_unused, i) => (i < pixels ? 1 : 0)),
    [1, 1, 4, 4],
  );
}

/** Mean and unbiased variance of the first channel inside the first `pixels` pixels. */
async function moments(values: Tensor, pixels: number): Promise<readonly [number, number]> {
  const inside = [...(await values.read()).subarray(0, pixels)];
  const mean = inside.reduce((sum, value) => sum + value, 0) / pixels;
  return [mean, inside.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (pixels - 1)];
}

describe('AdaIN', () => {
  it('gives the content the style’s mean and deviation', async () => {
    const warnings: string[] = [];
    const result = await adainLatent(cpuOps, content, style, undefined, (text) =>
      warnings.push(text),
    );
    const [mean, variance] = await moments(result.samples, 16);
    const [styleMean, styleVariance] = await moments(style.samples, 16);
    expect(mean).to.be.closeTo(styleMean, 1e-5);
    expect(variance).to.be.closeTo(styleVariance, 1e-3);
    expect(warnings).to.deep.equal([]);
  });

  it('with masks changes the content inside its mask alone', async () => {
    const masks = { content: mask(6), style: mask(9) };
    const result = await adainLatent(cpuOps, content, style, masks, () => undefined);
    const [mean] = await moments(result.samples, 6);
    expect(mean).to.be.closeTo((await moments(style.samples, 9))[0], 1e-5);
    const [before, after] = [await content.samples.read(), await result.samples.read()];
    expect([...after.subarray(6, 16)]).to.deep.equal([...before.subarray(6, 16)]);
  });

  it('with a mask of fewer than two pixels takes the whole picture, and says so', async () => {
    const warnings: string[] = [];
    const masks = { content: mask(1), style: mask(9) };
    const result = await adainLatent(cpuOps, content, style, masks, (text) => warnings.push(text));
    const whole = await adainLatent(cpuOps, content, style, undefined, () => undefined);
    expect([...(await result.samples.read())]).to.deep.equal([...(await whole.samples.read())]);
    expect(result.key).to.equal(whole.key);
    expect(warnings[0]).to.contain('1 pixels of the content');
  });
});
