import { expect } from '@open-wc/testing';
import loadCheckpoint from '../../../nodes/loaders/load-checkpoint.js';
import node from '../../../nodes/loaders/load-lora.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

describe('LoadLoRA', () => {
  it('changes model and text encoder by their own strengths; 0 leaves a network as it is', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const loading = { ckpt_name: 'analytic', prediction_type: 'auto', ema: false } as const;
    const { MODEL: model, CLIP: clip, VAE } = await loadCheckpoint.execute(loading, context);
    const inputs = { model, clip, lora_name: 'ink', strength_model: 0.5, strength_clip: 0 };
    const changed = await node.execute(inputs, context);
    expect(changed.MODEL.denoiser.id).to.equal('analytic + 0.5 ink');
    expect(changed.CLIP.textEncoder.id).to.equal('words');
    expect(services.claims()).to.equal(5);
    const values = [model, clip, VAE, changed.MODEL, changed.CLIP];
    for (const { checkpoint } of values) checkpoint.dispose();
    expect(services.claims()).to.equal(0);
  });
});
