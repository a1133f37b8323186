import { expect } from '@open-wc/testing';
import node from '../../../nodes/image/preview-image.js';
import { pictureToPixels } from '../../../src/diffusion/image-processor.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('PreviewImage', () => {
  it('shows the very pixels of the picture', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const picture = samplePicture('a');
    await node.execute({ images: { pixels: pictureToPixels(picture) } }, context);
    expect(heard.shown).to.deep.equal([{ label: 'result', picture }]);
  });
});
