import { expect } from '@open-wc/testing';
import attentionMap from '../../../nodes/lens/attention-map.js';
import node from '../../../nodes/lens/correspondence.js';
import { pictureToPixels } from '../../../src/diffusion/image-processor.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

const PLACE = { step: 4, until: -1, every: 1, head: -1 };
const PAPER = {
  contrast: 1.67,
  sharpness: 1,
  renormalize: false,
  own_keys: false,
  foreign_bias: 0,
  appearance_keys: undefined,
};
const POINTS = { points: '0.1 0.1', ...PLACE, ...PAPER };

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
    const { IMAGE } = await node.execute({ ...inputs, ...PLACE }, context);
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

  it('looks at the last pass and all heads in place of what is not there, and says so', async () => {
    const { context, heard, inputs } = await setUp();
    await node.execute({ ...inputs, ...PLACE, step: 7, head: 3 }, context);
    const [pass = '', head = ''] = heard.warnings;
    expect(pass).to.contain('pass 7 was not run').and.to.contain('set step to 6 or less');
    expect(head).to.contain('1 heads');
    const last = listen(context.services);
    await node.execute({ ...inputs, ...PLACE, step: 6 }, last.context);
    expect(heard.shown[0]?.picture.data).to.deep.equal(last.heard.shown[0]?.picture.data);
  });

  it('averages passes, each predicted once', async () => {
    const { context, heard, inputs } = await setUp();
    await node.execute({ ...inputs, ...PLACE, step: 1, until: 5, every: 2 }, context);
    expect(heard.warnings).to.deep.equal([]);
    expect(heard.shown).to.have.length(3);
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

  it('reads the appearance as sharpness, own keys and a mask of keys have it', async () => {
    const { context, heard, inputs } = await setUp();
    const third = async (settings: object): Promise<Uint8ClampedArray> => {
      await attentionMap.execute({ ...inputs, ...POINTS, ...PAPER, ...settings }, context);
      return heard.shown.at(-1)?.picture.data ?? new Uint8ClampedArray();
    };
    const plain = await third({ contrast: 1 });
    const flat = await third({ contrast: 1, sharpness: 0.1 });
    expect(flat[4 * 32 * 16]).to.be.above(plain[4 * 32 * 16] ?? 255);
    // The picture beside itself, alike biased: every share is halved, and the map as bright as its largest.
    expect(await third({ contrast: 1, own_keys: true })).to.deep.equal(plain);
    const lower = Float32Array.from({ length: 16 }, (_unused, cell) => (cell < 8 ? 0 : 1));
    const values = cpuTensor(lower, [1, 1, 4, 4]);
    const masked = await third({ contrast: 1, appearance_keys: { values } });
    expect(masked[0]).to.equal(0);
    expect(masked[4 * 32 * 31]).to.equal(255);
  });

  it('refuses what is no point with a sentence', async () => {
    const { context, inputs } = await setUp();
    const message = await refusal(() =>
      attentionMap.execute({ ...inputs, ...POINTS, points: '2 nose' }, context),
    );
    expect(message).to.contain('is no list of points');
  });
});
