import { expect } from '@open-wc/testing';
import node from '../../../nodes/image/load-image.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('LoadImage', () => {
  it('lays transparent parts on white and gives the opacity as a mask', async () => {
    const { context } = listen(createAnalyticServices());
    const { IMAGE, MASK } = await node.execute({ image: 'cut' }, context);
    expect(IMAGE.pixels.shape).to.deep.equal([1, 3, 40, 48]);
    expect(MASK.values.shape).to.deep.equal([1, 1, 40, 48]);
    const [pixels, opacity] = [await IMAGE.pixels.read(), await MASK.values.read()];
    expect([pixels[0], opacity[0]]).to.deep.equal([1, 0]);
    expect(pixels[47]).to.be.below(1);
    expect(opacity[47]).to.equal(1);
  });

  it('depends on the picture’s bytes', async () => {
    const services = createAnalyticServices();
    expect(await node.fingerprint?.({ image: 'a' }, services)).to.not.equal(
      await node.fingerprint?.({ image: 'b' }, services),
    );
  });
});
