import { expect } from '@open-wc/testing';
import node from '../../../nodes/latent/vae-encode.js';
import { pictureToPixels } from '../../../src/diffusion/image-processor.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';

async function encode(picture: string, width: number, height: number) {
  const services = createAnalyticServices();
  const { context, heard } = listen(services);
  const checkpoint = await services.models.load('analytic', context.signal, context.progress);
  const { LATENT } = await node.execute(
    {
      pixels: { pixels: pictureToPixels(samplePicture(picture)) },
      vae: { vae: checkpoint.vae, checkpoint },
      width,
      height,
    },
    context,
  );
  return { latent: LATENT, heard, services };
}

describe('VAEEncode', () => {
  it('takes the checkpoint’s own size for 0 and shows what the model sees', async () => {
    const { latent, heard, services } = await encode('a', 0, 0);
    expect(latent.samples.shape).to.deep.equal([1, 2, 4, 4]);
    expect(heard.warnings).to.deep.equal([]);
    const [shown] = heard.shown;
    expect([shown?.label, shown?.picture.width, shown?.picture.height]).to.deep.equal([
      'pixels',
      32,
      32,
    ]);
    const red = shown?.picture.data[0] ?? NaN;
    expect((await latent.samples.read())[0]).to.be.closeTo(red / 127.5 - 1, 1e-6);
    expect(services.ledger.live()).to.equal(1);
  });

  it('names equal pictures by equal keys and others by others', async () => {
    const [a, again, b] = [
      await encode('a', 0, 0),
      await encode('a', 0, 0),
      await encode('b', 0, 0),
    ];
    expect(a.latent.key).to.equal(again.latent.key);
    expect(a.latent.key).to.not.equal(b.latent.key);
  });

  it('enlarges a small picture and says so; sizes need not be square', async () => {
    const { latent, heard } = await encode('a', 128, 64);
    expect(latent.samples.shape).to.deep.equal([1, 2, 8, 16]);
    expect(heard.warnings[0]).to.contain('48 x 40 pixels and was enlarged to 128 x 64');
  });

  it('refuses a size that is no multiple of 64 and names the nearest', async () => {
    expect(await refusal(() => encode('a', 0, 100))).to.contain(
      'a height of 100 pixels is not a multiple of 64',
    );
  });
});
