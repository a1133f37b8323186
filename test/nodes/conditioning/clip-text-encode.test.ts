import { expect } from '@open-wc/testing';
import node from '../../../nodes/conditioning/clip-text-encode.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('CLIPTextEncode', () => {
  it('encodes the text with the checkpoint’s own encoder, the empty text included', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const checkpoint = await services.models.load('analytic', context.signal, context.progress);
    const clip = { textEncoder: checkpoint.textEncoder, checkpoint };
    const { CONDITIONING } = await node.execute({ clip, text: 'a photo' }, context);
    expect(CONDITIONING.prompt).to.equal('a photo');
    expect(CONDITIONING.words.map(({ text }) => text)).to.deep.equal(['a', 'photo']);
    const empty = await node.execute({ clip, text: '' }, context);
    expect(empty.CONDITIONING.key).to.not.equal(CONDITIONING.key);
  });
});
