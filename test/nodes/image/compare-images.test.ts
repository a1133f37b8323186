import { expect } from '@open-wc/testing';
import node from '../../../nodes/image/compare-images.js';
import { pictureToPixels } from '../../../src/diffusion/image-processor.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('CompareImages', () => {
  it('shows both pictures, told apart by their labels', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const [a, b] = [samplePicture('a'), samplePicture('b')];
    await node.execute(
      { image_a: { pixels: pictureToPixels(a) }, image_b: { pixels: pictureToPixels(b) } },
      context,
    );
    expect(heard.shown).to.deep.equal([
      { label: 'a', picture: a },
      { label: 'b', picture: b },
    ]);
  });
});
