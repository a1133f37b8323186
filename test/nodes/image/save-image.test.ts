import { expect } from '@open-wc/testing';
import node from '../../../nodes/image/save-image.js';
import { pictureToPixels } from '../../../src/diffusion/image-processor.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('SaveImage', () => {
  it('keeps the picture under the prefix and shows it under the name it got', async () => {
    const services = createAnalyticServices();
    const { context, heard } = listen(services);
    const picture = samplePicture('a');
    const images = { pixels: pictureToPixels(picture) };
    await node.execute({ images, filename_prefix: 'result' }, context);
    expect([...services.saved]).to.deep.equal([['result', picture]]);
    expect(heard.shown).to.deep.equal([{ label: 'result', picture }]);
  });
});
