import { expect } from '@open-wc/testing';
import { describeValue } from '../../src/diffusion/describe-value.js';
import { cpuTensor } from '../../src/tensor/tensor.js';
import { createAnalyticServices } from '../support/analytic-services.js';
import { createZoneParts } from '../support/zone-parts.js';

describe('the description of a value', () => {
  it('tells shape, range and distribution of latents, and what they look like', async () => {
    const { latent } = await createZoneParts(createAnalyticServices());
    const { tensor, picture } = await describeValue('LATENT', latent);
    const values = await latent.samples.read();
    expect(tensor?.shape).to.deep.equal(latent.samples.shape);
    expect(tensor?.byteLength).to.equal(4 * values.length);
    expect(tensor?.statistics.min).to.equal(Math.min(...values));
    expect(tensor?.statistics.max).to.equal(Math.max(...values));
    const counted = tensor?.statistics.histogram.reduce((sum, count) => sum + count, 0);
    expect(counted).to.equal(values.length);
    expect(tensor?.statistics.histogram).to.have.length(32);
    expect(picture?.width).to.be.greaterThan(0);
  });

  it('counts values that are no numbers apart from the others', async () => {
    const noisePred = cpuTensor(Float32Array.of(1, NaN, 3, Infinity), [1, 1, 2, 2]);
    const value = { noisePred, key: '', index: 7 };
    const { tensor, facts } = await describeValue('NOISE_PRED', value);
    expect(tensor?.statistics).to.deep.include({ min: 1, max: 3, mean: 2, std: 1, nonFinite: 2 });
    expect(facts).to.deep.equal([['pass', 7]]);
  });

  it('makes a large picture small and tells its size, and how much of a mask is white', async () => {
    const pixels = cpuTensor(new Float32Array(3 * 400 * 300).fill(0.5), [1, 3, 300, 400]);
    const image = await describeValue('IMAGE', { pixels });
    expect(image.size).to.deep.equal([400, 300]);
    expect([image.picture?.width, image.picture?.height]).to.deep.equal([192, 144]);
    const values = cpuTensor(Float32Array.of(1, 0, 0, 0), [1, 1, 2, 2]);
    expect((await describeValue('MASK', { values })).coverage).to.equal(0.25);
  });

  it('says of prompts, inversions, branches, numbers and unknown types what they hold', async () => {
    const { positive, inversion, reference } = await createZoneParts(createAnalyticServices());
    expect((await describeValue('CONDITIONING', positive)).text).to.equal('a photo of an animal');
    for (const [type, value] of [
      ['INVERSION', inversion],
      ['REFERENCE', reference],
    ] as const) {
      expect((await describeValue(type, value)).facts).to.deep.include(['passes', 7]);
    }
    expect((await describeValue('STEP', inversion.step(2))).facts).to.deep.include(['pass', 2]);
    expect((await describeValue('FLOAT', 1.5)).text).to.equal('1.5');
    expect(await describeValue('SOMETHING', {})).to.deep.equal({ type: 'SOMETHING', facts: [] });
  });
});
