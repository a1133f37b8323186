import { expect } from '@open-wc/testing';
import loadCheckpoint from '../../../nodes/loaders/load-checkpoint.js';
import node from '../../../nodes/loaders/load-embedding.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('LoadEmbedding', () => {
  it('gives a text encoder that knows the word, with a claim of its own', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const loading = { ckpt_name: 'analytic', prediction_type: 'auto', ema: false } as const;
    const { MODEL, CLIP: clip, VAE } = await loadCheckpoint.execute(loading, context);
    const { CLIP } = await node.execute({ clip, embedding_name: 'cat' }, context);
    expect(CLIP.textEncoder.id).to.equal('words + cat');
    expect(services.claims()).to.equal(4);
    for (const { checkpoint } of [MODEL, clip, VAE, CLIP]) checkpoint.dispose();
    expect(services.claims()).to.equal(0);
  });
});
