import { expect } from '@open-wc/testing';
import node from '../../../nodes/mask/paint-mask.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';

const base = { values: cpuTensor(Float32Array.of(1, 0), [1, 1, 1, 2]) };

describe('PaintMask', () => {
  it('gives what was painted, and what is linked to base while nothing is', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const painted = await node.execute({ base, image: '', mask: '3x2:2app2f' }, context);
    expect(painted.MASK.values.shape).to.deep.equal([1, 1, 2, 3]);
    const values = [...(await painted.MASK.values.read())].map((value) => value.toFixed(3));
    expect(values.join(' ')).to.equal('0.000 0.000 1.000 1.000 0.333 0.333');
    const given = await node.execute({ base, image: '', mask: '' }, context);
    expect([...(await given.MASK.values.read())]).to.deep.equal([1, 0]);
    expect(heard.warnings).to.deep.equal([]);
  });

  it('is empty and says so when there is neither', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const { MASK } = await node.execute({ base: undefined, image: '', mask: ' ' }, context);
    expect([...(await MASK.values.read())].some((value) => value > 0)).to.equal(false);
    expect(heard.warnings).to.have.length(1);
  });

  it('names the character of a text that is no mask', async () => {
    const { context } = listen(createAnalyticServices());
    const message = await refusal(() =>
      node.execute({ base: undefined, image: '', mask: '3x2:2ax' }, context),
    );
    expect(message).to.contain('at character 7 of the painted mask');
  });
});
