import { expect } from '@open-wc/testing';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

describe('ReferenceBranch', () => {
  it('inverted: its latents are the inverted ones', async () => {
    const services = createAnalyticServices();
    const { inversion, reference } = await createZoneParts(services, { source: 'inverted' });
    const { signal } = listen(services).context;
    const latent = await reference.at(4).latent(signal);
    expect(latent.key).to.equal(inversion.latentAt(4).key);
    expect(services.network.work().sampleForwards).to.equal(0);
  });

  it('replay: it is denoised pass by pass, each forward once', async () => {
    const services = createAnalyticServices();
    const { inversion, reference } = await createZoneParts(services, {
      source: 'replay',
      cfg: 3.5,
    });
    const { signal } = listen(services).context;
    const before = services.network.work().sampleForwards;
    await reference.at(3).prediction({ keysValues: true }, signal);
    await reference.at(3).prediction({ keysValues: true }, signal);
    expect(services.network.work().sampleForwards - before).to.equal(4);
    expect((await reference.at(0).latent(signal)).key).to.equal(inversion.latentAt(0).key);
    expect((await reference.at(3).latent(signal)).key).to.not.equal(inversion.latentAt(3).key);
  });
});
