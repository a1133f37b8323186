import { expect } from '@open-wc/testing';
import node from '../../../nodes/denoise/denoise-start.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

describe('DenoiseStart', () => {
  it('starts from the inverted latent of its first pass and goes to the end', async () => {
    const services = createAnalyticServices();
    const { inversion } = await createZoneParts(services);
    const inputs = { inversion, start_at: 2, end_at: 1000 };
    const { step, samples } = await node.execute(inputs, listen(services).context);
    expect([step.first, step.end]).to.deep.equal([2, 7]);
    expect(step.at(2)).to.deep.equal(inversion.step(2));
    expect(samples.key).to.equal(inversion.latentAt(2).key);
  });

  it('refuses passes that the inversion does not have', async () => {
    const services = createAnalyticServices();
    const { inversion } = await createZoneParts(services);
    const message = await refusal(() =>
      node.execute({ inversion, start_at: 7, end_at: 1000 }, listen(services).context),
    );
    expect(message).to.contain('the inversion has 7');
  });
});
