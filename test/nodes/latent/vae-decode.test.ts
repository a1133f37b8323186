import { expect } from '@open-wc/testing';
import node from '../../../nodes/latent/vae-decode.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';

describe('VAEDecode', () => {
  it('brings -1..1 to 0..1, cuts what is beyond, and frees the raw picture', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const checkpoint = await services.models.load('analytic', context.signal, context.progress);
    const values = Float32Array.of(-3, -1, 0, 3, 0, 0, 0, 0);
    const samples = {
      samples: cpuTensor(values, [1, 2, 2, 2]),
      key: 'latent',
      format: checkpoint.vae.format,
    };
    const vae = { vae: checkpoint.vae, checkpoint };
    const { IMAGE } = await node.execute({ samples, vae }, context);
    expect(IMAGE.pixels.shape).to.deep.equal([1, 3, 16, 16]);
    const pixels = await IMAGE.pixels.read();
    expect([pixels[0], pixels[8], pixels[8 * 16], pixels[8 * 16 + 8]]).to.deep.equal([
      0, 0, 0.5, 1,
    ]);
    expect(services.ledger.live()).to.equal(1);
  });
});
