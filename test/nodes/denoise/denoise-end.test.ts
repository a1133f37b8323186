import { expect } from '@open-wc/testing';
import node from '../../../nodes/denoise/denoise-end.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

describe('DenoiseEnd', () => {
  it('hands the latents on with a claim of its own', async () => {
    const services = createAnalyticServices();
    const { latent } = await createZoneParts(services);
    const before = services.ledger.live();
    const { samples } = await node.execute({ samples: latent }, listen(services).context);
    samples.samples.dispose();
    expect(services.ledger.live()).to.equal(before);
    latent.samples.dispose();
    expect(services.ledger.live()).to.be.at.most(before);
  });
});
