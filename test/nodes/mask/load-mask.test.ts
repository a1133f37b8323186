import { expect } from '@open-wc/testing';
import node from '../../../nodes/mask/load-mask.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('LoadMask', () => {
  it('gives the chosen channel as values from 0 to 1', async () => {
    const { context } = listen(createAnalyticServices());
    const { data } = samplePicture('cut');
    for (const [offset, channel] of (['red', 'green', 'blue', 'alpha'] as const).entries()) {
      const { MASK } = await node.execute({ image: 'cut', channel }, context);
      expect(MASK.values.shape).to.deep.equal([1, 1, 40, 48]);
      const values = await MASK.values.read();
      expect(values[500]).to.be.closeTo((data[4 * 500 + offset] ?? NaN) / 255, 1e-6);
    }
  });
});
