import { expect } from '@open-wc/testing';
import node from '../../../nodes/mask/self-segmentation-mask.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

const defaults = { noun: 'animal', step: 4, clusters: 4, threshold: 1.4, restarts: 10, seed: 1 };

describe('SelfSegmentationMask', () => {
  it('marks the parts where the noun’s attention stands out and shows them at the picture’s size', async () => {
    const services = createAnalyticServices();
    const { reference, positive } = await createZoneParts(services);
    const { context, heard } = listen(services);
    const inputs = { reference, positive, ...defaults, threshold: 1.2 };
    const { MASK } = await node.execute(inputs, context);
    expect(MASK.values.shape).to.deep.equal([1, 1, 4, 4]);
    expect([...(await MASK.values.read())]).to.deep.equal([
      ...Array<number>(8).fill(1),
      ...Array<number>(8).fill(0),
    ]);
    expect(
      heard.shown.map(({ label, picture }) => [label, picture.width, picture.height]),
    ).to.deep.equal([['mask', 32, 32]]);
  });

  it('gives an empty mask and says why when the noun is not in the prompt', async () => {
    const services = createAnalyticServices();
    const { reference, positive } = await createZoneParts(services);
    const { context, heard } = listen(services);
    const { MASK } = await node.execute({ reference, positive, ...defaults, noun: 'car' }, context);
    expect([...(await MASK.values.read())]).to.deep.equal(Array(16).fill(0));
    expect(heard.warnings).to.have.length(1);
    expect(heard.warnings[0]).to.contain('“car” is not a word of the prompt');
  });

  it('takes the last pass in place of one that was not run, and says so', async () => {
    const services = createAnalyticServices();
    const { reference, positive } = await createZoneParts(services);
    const { context, heard } = listen(services);
    const inputs = { reference, positive, ...defaults };
    const { MASK } = await node.execute({ ...inputs, step: 7 }, context);
    expect(heard.warnings[0]).to.contain('pass 7 was not run');
    const { MASK: last } = await node.execute({ ...inputs, step: 6 }, context);
    expect([...(await MASK.values.read())]).to.deep.equal([...(await last.values.read())]);
  });
});
