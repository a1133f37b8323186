import { expect } from '@open-wc/testing';
import node from '../../../nodes/loaders/load-checkpoint.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('LoadCheckpoint', () => {
  it('gives model, text encoder and autoencoder, each with a claim of its own', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const inputs = { ckpt_name: 'analytic', prediction_type: 'auto', ema: false } as const;
    const { MODEL, CLIP, VAE } = await node.execute(inputs, context);
    expect(MODEL.denoiser.id).to.equal('analytic');
    expect(MODEL.freeU).to.equal(undefined);
    expect(CLIP.textEncoder.id).to.equal('words');
    expect(VAE.vae.id).to.equal('blocks');
    expect(services.claims()).to.equal(3);
    for (const { checkpoint } of [MODEL, CLIP, VAE]) checkpoint.dispose();
    expect(services.claims()).to.equal(0);
  });
});
