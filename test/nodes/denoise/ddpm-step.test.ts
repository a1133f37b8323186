import { expect } from '@open-wc/testing';
import node from '../../../nodes/denoise/ddpm-step.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

describe('DDPMStep', () => {
  it('leads to the next inverted latent when the noise is the inversion’s own, and previews the clean picture', async () => {
    const services = createAnalyticServices();
    const { inversion } = await createZoneParts(services);
    const { context, heard } = listen(services, { pass: 3 });
    const prediction = await inversion.predictionAt(3, {}, context.signal);
    const { samples } = await node.execute(
      {
        samples: inversion.latentAt(3),
        noise_pred: { ...prediction, index: 3 },
        step: inversion.step(3),
        noise: inversion,
      },
      context,
    );
    expect(samples.key).to.equal(inversion.latentAt(4).key);
    expect(heard.previews).to.have.length(1);
  });

  it('is A x + B eps + sigma z for any other noise', async () => {
    const services = createAnalyticServices();
    const { inversion } = await createZoneParts(services, { cfg: 3.5 });
    const { context } = listen(services, { pass: 0 });
    const step = inversion.step(0);
    const x = inversion.latentAt(0);
    const eps = services.ops.affine(x.samples, 0.5, 0.1);
    const { samples } = await node.execute(
      {
        samples: x,
        noise_pred: { noisePred: eps, key: 'other', index: 0 },
        step,
        noise: inversion,
      },
      context,
    );
    const z = await (await inversion.noiseMapAt(0, context.signal))?.read();
    const [xs, es] = [await x.samples.read(), await eps.read()];
    (await samples.samples.read()).forEach((value, i) => {
      const wanted =
        step.A * (xs[i] ?? NaN) + step.B * (es[i] ?? NaN) + step.sigma * (z?.[i] ?? NaN);
      expect(value).to.be.closeTo(wanted, 1e-5);
    });
  });

  it('refuses noise predicted for another pass', async () => {
    const services = createAnalyticServices();
    const { inversion } = await createZoneParts(services);
    const { context } = listen(services, { pass: 3 });
    const prediction = await inversion.predictionAt(3, {}, context.signal);
    const message = await refusal(() =>
      node.execute(
        {
          samples: inversion.latentAt(3),
          noise_pred: { ...prediction, index: 2 },
          step: inversion.step(3),
          noise: inversion,
        },
        context,
      ),
    );
    expect(message).to.contain('predicted for pass 2, the step is pass 3');
  });
});
