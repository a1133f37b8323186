import { expect } from '@open-wc/testing';
import attentionMap from '../../../nodes/lens/attention-map.js';
import node from '../../../nodes/lens/correspondence.js';
import { pictureToPixels } from '../../../src/diffusion/image-processor.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

const POINTS = { points: '0.1 0.1', step: 4, head: -1, contrast: 1.67 };

async function setUp() {
  const services = createAnalyticServices();
  const { reference } = await createZoneParts(services);
  const { context, heard } = listen(services);
  const image = { pixels: pictureToPixels(samplePicture('a')) };
  return { context, heard, inputs: { queries: reference, appearance: reference, image } };
}

describe('Correspondence', () => {
  it('leads every row of a picture to the same row of itself', async () => {
    const { context, heard, inputs } = await setUp();
    const { IMAGE } = await node.execute({ ...inputs, step: 4, head: -1 }, context);
    expect(IMAGE.pixels.shape).to.deep.equal([1, 3, 32, 32]);
    const [goesTo, places] = heard.shown.map(({ picture }) => picture.data);
    // Cells of a row are alike in this network, so each goes to the first of its row.
    for (const y of [0, 8, 16, 24]) {
      const first = [...(places?.subarray(4 * 32 * y, 4 * 32 * y + 4) ?? [])];
      for (const x of [0, 8, 16, 24]) {
        const at = 4 * (32 * y + x);
        expect([...(goesTo?.subarray(at, at + 4) ?? [])]).to.deep.equal(first);
      }
    }
  });

  it('refuses passes and heads that are not there with a sentence', async () => {
    const { context, inputs } = await setUp();
    const pass = await refusal(() => node.execute({ ...inputs, step: 7, head: -1 }, context));
    expect(pass).to.contain('a branch has 7 passes');
    const head = await refusal(() => node.execute({ ...inputs, step: 4, head: 3 }, context));
    expect(head).to.contain('the layer has 1 heads');
  });
});

describe('AttentionMap', () => {
  it('shows where a point looks: at its own row, more sharply with contrast', async () => {
    const { context, heard, inputs } = await setUp();
    await attentionMap.execute({ ...inputs, ...POINTS }, context);
    expect(heard.shown.map(({ label }) => label)).to.deep.equal([
      'self',
      'cross',
      'cross with contrast',
    ]);
    const brightness = (map: number, y: number): number =>
      heard.shown[map]?.picture.data[4 * 32 * y] ?? NaN;
    expect(brightness(1, 0)).to.equal(255);
    expect(brightness(1, 16)).to.be.below(50);
    expect(brightness(2, 16)).to.equal(0);
  });

  it('refuses what is no point with a sentence', async () => {
    const { context, inputs } = await setUp();
    const message = await refusal(() =>
      attentionMap.execute({ ...inputs, ...POINTS, points: '2 nose' }, context),
    );
    expect(message).to.contain('is no list of points');
  });
});
