import { expect } from '@open-wc/testing';
import node from '../../../nodes/loaders/load-vae.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('LoadVAE', () => {
  it('gives an autoencoder with a claim of its own', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const { VAE } = await node.execute({ vae_name: 'blocks' }, context);
    expect(VAE.vae.id).to.equal('blocks');
    expect(services.claims()).to.equal(1);
    VAE.checkpoint.dispose();
    expect(services.claims()).to.equal(0);
  });
});
