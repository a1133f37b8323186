import { expect } from '@open-wc/testing';
import loadVae from '../../../nodes/loaders/load-vae.js';
import node from '../../../nodes/loaders/preview-decoder.js';
import { AppError } from '../../../src/core/errors.js';
import { createEngine } from '../../../src/core/engine/engine.js';
import type { GraphDocument } from '../../../src/core/graph/types.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { graphNamed, nodeCalled, registry, withNodeAfter } from '../../support/example-graphs.js';
import { listen } from '../../support/execute-node.js';

describe('PreviewDecoder', () => {
  it('shows latents by the small autoencoder and leaves pictures to the other; both stay claimed', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const { VAE: vae } = await loadVae.execute({ vae_name: 'blocks' }, context);
    const { models } = services;
    const format = { ...vae.vae.format, preview: () => Promise.resolve(seen) };
    const seen = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
    const small = (downscale: number): typeof models => ({
      ...models,
      loadVae: async (name, loading) => {
        const { part, claim } = await models.loadVae(name, loading);
        return { part: { ...part, id: name, format: { ...format, downscale } }, claim };
      },
    });
    const at = (downscale: number) => ({
      ...context,
      services: { ...services, models: small(downscale) },
    });
    const inputs = { vae, preview_name: 'taesd' };
    const { VAE: shown } = await node.execute(inputs, at(vae.vae.format.downscale));
    const latent = services.ops.upload(new Float32Array(32), [1, 2, 4, 4]);
    expect(await shown.vae.format.preview(latent)).to.equal(seen);
    const { signal } = context;
    const decoded = await Promise.all(
      [shown.vae, vae.vae].map((each) => each.decode(latent, signal)),
    );
    const [through = [], itself] = await Promise.all(decoded.map((each) => each.read()));
    expect(through).to.deep.equal(itself);
    expect(shown.vae.id).to.equal('blocks');
    expect(services.claims()).to.equal(3);
    const error = await Promise.resolve(node.execute(inputs, at(16))).catch(
      (cause: unknown) => cause,
    );
    expect(error).to.be.instanceOf(AppError);
    expect(String(error)).to.contain('a cell every 16 pixels');
    expect(services.claims()).to.equal(3);
    for (const { checkpoint, preview } of [vae, shown]) {
      checkpoint.dispose();
      preview?.dispose();
    }
    expect(services.claims()).to.equal(0);
  });

  it('comes and goes without anything that reads its output being computed again', async () => {
    const plain = await graphNamed('single-step');
    const checkpoint = nodeCalled(plain, 'LoadCheckpoint');
    const decoder = {
      type: 'PreviewDecoder',
      version: 1,
      inputs: { vae: { link: [checkpoint, 'VAE'] as const }, preview_name: 'blocks' },
    };
    const shown = withNodeAfter(plain, checkpoint, ['VAE'], ['900', decoder]);
    const services = createAnalyticServices();
    const engine = createEngine({ registry, services, cacheBytes: 2 ** 26 });
    const executed = async (document: GraphDocument): Promise<number> => {
      let count = 0;
      const { outcome } = await engine.run(document, {
        onEvent: ({ type }) => {
          if (type === 'executed') count += 1;
        },
      });
      expect(outcome).to.equal('success');
      return count;
    };
    const first = await executed(plain);
    expect(first).to.be.above(5);
    expect([await executed(shown), await executed(plain)]).to.deep.equal([0, 0]);
    await engine.clear();
    expect(await executed(shown)).to.equal(first + 1);
    expect(await executed(plain)).to.equal(0);
    await engine.dispose();
    services.bank.clear();
    expect(services.claims()).to.equal(0);
  });
});
