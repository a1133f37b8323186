import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import { createKvBank } from '../../src/diffusion/kv-bank.js';
import { gaussian } from '../../src/tensor/philox.js';
import {
  analyticNetwork,
  invertPicture,
  modelOf,
  pictureLatent,
  prompt,
} from './analytic-network.js';

const signal = new AbortController().signal;

async function largestDifference(
  a: Promise<Float32Array>,
  b: Promise<Float32Array>,
): Promise<number> {
  const [left, right] = [await a, await b];
  return left.reduce((most, value, i) => Math.max(most, Math.abs(value - (right[i] ?? NaN))), 0);
}

describe('the edit-friendly inversion', () => {
  it('draws the latents of the used steps from torch’s noise, and ends with the picture', async () => {
    const inversion = await invertPicture(analyticNetwork(), undefined, { noiseStream: 1 });
    const { alphaCumprod } = inversion.step(5);
    const noise = gaussian(42n, 199 - (32 + 5), 32);
    const picture = await pictureLatent(0).samples.read();
    const found = await inversion.latentAt(5).samples.read();
    const expected = picture.map(
      (value, i) => Math.sqrt(alphaCumprod) * value + Math.sqrt(1 - alphaCumprod) * (noise[i] ?? 0),
    );
    for (let i = 0; i < found.length; i++) expect(found[i]).to.be.closeTo(expected[i] ?? NaN, 1e-6);
    expect(inversion.latentAt(68).key).to.equal('picture 0');
  });

  it('evaluates each used step but the last once with and once without the prompt', async () => {
    const network = analyticNetwork();
    await invertPicture(network, undefined, { batch: 8 });
    expect(network.work().sampleForwards).to.equal(67 * 2);
    expect(Math.max(...network.forwards)).to.equal(671);
  });

  it('gives the same noise maps whatever the batch', async () => {
    const one = await invertPicture(analyticNetwork(), undefined, { batch: 1 });
    const many = await invertPicture(analyticNetwork(), undefined, { batch: 8 });
    for (const pass of [0, 33, 66]) {
      const [a, b] = [await one.noiseMapAt(pass, signal), await many.noiseMapAt(pass, signal)];
      expect([...((await a?.read()) ?? [])]).to.deep.equal([...((await b?.read()) ?? [])]);
    }
    expect(await one.noiseMapAt(67, signal)).to.equal(undefined);
  });

  it('with cfg 1 leads from every sampled latent to the next, and computes nothing before it is asked', async () => {
    const network = analyticNetwork();
    const inversion = await invertPicture(network, undefined, { cfg: 1, negative: undefined });
    expect(network.work().sampleForwards).to.equal(0);
    for (const pass of [11, 40]) {
      const map = await inversion.noiseMapAt(pass, signal);
      const { noisePred, key } = await inversion.predictionAt(pass, {}, signal);
      const { samples } = inversion.latentAt(pass);
      const next = cpuOps.reverseStep(samples, noisePred, map, inversion.step(pass));
      const sampled = inversion.latentAt(pass + 1).samples;
      expect(await largestDifference(next.read(), sampled.read())).to.be.lessThan(1e-6);
      expect(inversion.successor(pass, key)?.samples).to.equal(sampled);
    }
    expect(network.work().sampleForwards).to.equal(2);
    expect(inversion.successor(67, inversion.predictionKeyAt(67))).to.equal(undefined);
  });

  it('asks for the empty prompt when it needs one', async () => {
    const refused = await invertPicture(analyticNetwork(), undefined, {
      negative: undefined,
    }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(AppError);
    expect(String(refused)).to.contain('needs an empty or negative prompt');
  });

  it('frees its noise, its captures and the model with the last claim', async () => {
    const network = analyticNetwork();
    const model = modelOf(network);
    const bank = createKvBank(2 ** 20);
    const inversion = await invertPicture(network, bank, { cfg: 1, model });
    await inversion.noiseMapAt(3, signal);
    expect(inversion.byteLength).to.be.greaterThan(0);
    expect(bank.byteLength).to.be.greaterThan(0);
    expect(model.claims()).to.equal(2);
    inversion.retain();
    inversion.dispose();
    expect(model.claims()).to.equal(2);
    inversion.dispose();
    expect([inversion.byteLength, bank.byteLength, model.claims()]).to.deep.equal([0, 0, 1]);
  });

  it('names what it depends on', async () => {
    const keyWith = async (changes: Parameters<typeof invertPicture>[2]) =>
      (await invertPicture(analyticNetwork(), undefined, { cfg: 1, ...changes })).key;
    const keys = [
      await keyWith({}),
      await keyWith({ seed: 1n }),
      await keyWith({ noiseStream: 1 }),
      await keyWith({ positive: prompt('a dog', 0.2) }),
      await keyWith({ samples: pictureLatent(1) }),
      await keyWith({ axis: { steps: 100, skip: 31 } }),
    ];
    expect(new Set(keys).size).to.equal(keys.length);
    expect(await keyWith({})).to.equal(keys[0]);
  });
});
