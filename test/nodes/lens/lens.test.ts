import { expect } from '@open-wc/testing';
import attentionMap from '../../../nodes/lens/attention-map.js';
import node from '../../../nodes/lens/correspondence.js';
import { placeColour } from '../../../src/diffusion/lens-pictures.js';
import { pictureToPixels } from '../../../src/diffusion/image-processor.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices, samplePicture } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { itself, knownBranch, mirrored, shifted } from '../../support/known-attention.js';
import { createZoneParts } from '../../support/zone-parts.js';

const PLACE = { step: 4, until: -1, every: 1, head: -1, layer: 'last', queries_image: undefined };
const PAPER = {
  contrast: 1.67,
  sharpness: 1,
  renormalize: false,
  own_keys: false,
  foreign_bias: 0,
  appearance_keys: undefined,
};
const POINTS = { points: '0.1 0.1', ...PLACE, ...PAPER, appearance_image: undefined };

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
    const [goesTo] = heard.shown.map(({ picture }) => picture.data);
    // Cells of a row are alike in this network, so each goes to the first of its row.
    for (const y of [0, 8, 16, 24]) {
      const first = [...Uint8ClampedArray.of(...placeColour(y / 2, { rows: 4, columns: 4 }), 255)];
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

  for (const [promise, from] of [
    ['the picture itself', itself],
    ['its mirror', mirrored],
    ['the picture shifted', shifted],
  ] as const) {
    it(`finds in ${promise} the place of every place, in any layer`, async () => {
      const { context, heard, inputs } = await setUp();
      const pictures = { queries: knownBranch(itself), appearance: knownBranch(from) };
      for (const [layer, side] of [
        ['last', 4],
        ['half.0', 2],
      ] as const) {
        heard.shown.length = 0;
        await node.execute({ ...inputs, ...PLACE, ...pictures, layer }, context);
        const [goesTo, places, warp] = heard.shown.map(({ picture }) => picture);
        const cellPixels = 32 / side;
        const colourAt = (data: Uint8ClampedArray | undefined, cell: number) => {
          const [x, y] = [cell % side, Math.floor(cell / side)];
          const at = 4 * cellPixels * (32 * y + x);
          return [...(data?.subarray(at, at + 3) ?? [])];
        };
        const plain = Array.from({ length: side * side }, (_unused, cell) =>
          Array.from(Uint8ClampedArray.from(placeColour(cell, { rows: side, columns: side }))),
        );
        for (let cell = 0; cell < side * side; cell += 1) {
          // The asking picture is not linked: bare colours.
          const gone = plain.findIndex((one) => one.join() === colourAt(goesTo?.data, cell).join());
          expect(from(gone, side)).to.equal(cell);
        }
        expect([goesTo?.width, places?.width, warp?.width]).to.deep.equal([32, 32, 32]);
      }
      expect(heard.warnings).to.deep.equal([]);
    });
  }

  it('lays its colours over the pictures, which stay recognisable', async () => {
    const { context, heard, inputs } = await setUp();
    await node.execute({ ...inputs, ...PLACE, queries_image: inputs.image }, context);
    const spread = (label: string): number => {
      const data = heard.shown.find((one) => one.label === label)?.picture.data ?? [];
      // Within one cell a bare colour map would not vary at all.
      const cell = Array.from({ length: 8 }, (_unused, x) =>
        [0, 1, 2].reduce((sum, i) => sum + (data[4 * (32 * 4 + x) + i] ?? 0), 0),
      );
      return Math.max(...cell) - Math.min(...cell);
    };
    expect(spread('goes to')).to.be.above(0);
    expect(spread('places')).to.be.above(0);
  });

  it('looks at the last full layer in place of one that the model lacks, and names those it has', async () => {
    const { context, heard, inputs } = await setUp();
    const pictures = { queries: knownBranch(itself), appearance: knownBranch(mirrored) };
    await node.execute({ ...inputs, ...PLACE, ...pictures, layer: 'half.9' }, context);
    expect(heard.warnings).to.have.length(1);
    expect(heard.warnings[0]).to.contain('no layer half.9: it has half.0, full.0. full.0 is');
    const last = listen(context.services);
    await node.execute({ ...inputs, ...PLACE, ...pictures }, last.context);
    expect(heard.shown[0]?.picture).to.deep.equal(last.heard.shown[0]?.picture);
  });

  it('shows pictures of different sizes each at its own, and says so', async () => {
    const { context, heard, inputs } = await setUp();
    const pictures = { queries: knownBranch(itself), appearance: knownBranch(itself, [2, 8]) };
    await node.execute({ ...inputs, ...PLACE, ...pictures }, context);
    expect(heard.warnings[0]).to.contain('different sizes');
    expect(heard.shown.map(({ picture: { width, height } }) => [width, height])).to.deep.equal([
      [32, 32],
      [64, 16],
      [32, 32],
    ]);
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
    expect(heard.warnings).to.deep.equal([]);
    const nothing = cpuTensor(new Float32Array(16), [1, 1, 4, 4]);
    expect(await third({ contrast: 1, appearance_keys: { values: nothing } })).to.deep.equal(plain);
    expect(heard.warnings[0]).to.contain('is empty, so the whole appearance was read');
  });

  it('marks the points on the first map, and lays the maps over the pictures that are linked', async () => {
    const { context, heard, inputs } = await setUp();
    const shown = async (settings: object) => {
      heard.shown.length = 0;
      await attentionMap.execute({ ...inputs, ...POINTS, ...settings }, context);
      return heard.shown.map(({ picture }) => picture.data);
    };
    const bare = await shown({});
    const laid = await shown({ queries_image: inputs.image, appearance_image: inputs.image });
    const lit = (data: Uint8ClampedArray | undefined): number =>
      data?.filter((value, i) => i % 4 < 3 && value > 0).length ?? 0;
    for (const i of [0, 1, 2]) expect(lit(laid[i])).to.be.above(lit(bare[i]));
    // A ring around (0.1, 0.1), three pixels wide on each side, and none on what is looked at.
    const white = (data: Uint8ClampedArray | undefined, x: number): boolean =>
      data?.subarray(4 * (32 * 3 + x), 4 * (32 * 3 + x) + 3).join() === '255,255,255';
    expect(white(bare[0], 0) || white(bare[0], 6)).to.equal(true);
    const moved = await shown({ points: '0.9 0.9' });
    expect(moved[0]).not.to.deep.equal(bare[0]);
  });

  it('refuses what is no point with a sentence', async () => {
    const { context, inputs } = await setUp();
    const message = await refusal(() =>
      attentionMap.execute({ ...inputs, ...POINTS, points: '2 nose' }, context),
    );
    expect(message).to.contain('is no list of points');
  });
});
