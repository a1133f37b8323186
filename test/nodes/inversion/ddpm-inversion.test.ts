import { expect } from '@open-wc/testing';
import node from '../../../nodes/inversion/ddpm-inversion.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { createZoneParts, SEVEN_PASSES } from '../../support/zone-parts.js';

describe('DDPMInversion', () => {
  it('evaluates every used timestep but the last with and without the prompt when cfg is not 1', async () => {
    const services = createAnalyticServices();
    const { inversion } = await createZoneParts(services, { cfg: 3.5 });
    expect(inversion.axis).to.deep.equal({ steps: 10, skip: 3 });
    expect(services.network.work().sampleForwards).to.equal(2 * 6);
  });

  it('evaluates nothing before it is asked when cfg is 1, and its noise maps lead along its latents', async () => {
    const services = createAnalyticServices();
    const { inversion } = await createZoneParts(services, { cfg: 1 });
    expect(services.network.work().sampleForwards).to.equal(0);
    const { signal } = listen(services).context;
    const step = inversion.step(2);
    const { noisePred } = await inversion.predictionAt(2, {}, signal);
    const map = await inversion.noiseMapAt(2, signal);
    const next = services.ops.reverseStep(inversion.latentAt(2).samples, noisePred, map, step);
    const expected = await inversion.latentAt(3).samples.read();
    (await next.read()).forEach((value, i) => {
      expect(value).to.be.closeTo(expected[i] ?? NaN, 1e-5);
    });
  });

  it('wants a negative prompt when cfg is not 1', async () => {
    const services = createAnalyticServices();
    const { model, positive, latent } = await createZoneParts(services);
    const inputs = { model, positive, negative: undefined, samples: latent, ...SEVEN_PASSES };
    const message = await refusal(() =>
      node.execute({ ...inputs, cfg: 3.5, seed: 42, noise_stream: 0 }, listen(services).context),
    );
    expect(message).to.contain('input/invalid: text guidance needs an empty or negative prompt');
  });

  it('stops when it is told to', async () => {
    const services = createAnalyticServices();
    const { model, positive, latent } = await createZoneParts(services);
    const { context } = listen(services, { signal: AbortSignal.abort() });
    const inputs = { model, positive, negative: positive, samples: latent, ...SEVEN_PASSES };
    await refusal(() => node.execute({ ...inputs, cfg: 3.5, seed: 42, noise_stream: 0 }, context));
    expect(services.network.work().sampleForwards).to.equal(0);
  });
});
