import { expect } from '@open-wc/testing';
import node from '../../../nodes/model/freeu.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

describe('FreeU', () => {
  it('gives the same model with the four factors, and a claim on its checkpoint', async () => {
    const services = createAnalyticServices();
    const { model } = await createZoneParts(services);
    const before = services.claims();
    const factors = { b1: 1.1, b2: 1.2, s1: 0.8, s2: 0.3 };
    const { MODEL } = await node.execute({ model, ...factors }, listen(services).context);
    expect(MODEL.denoiser).to.equal(model.denoiser);
    expect(MODEL.freeU).to.deep.equal(factors);
    expect(model.freeU).to.equal(undefined);
    expect(services.claims()).to.equal(before + 1);
  });
});
