import { expect } from '@open-wc/testing';
import contactSheet from '../../../nodes/image/contact-sheet.js';
import colorDistance from '../../../nodes/metrics/color-distance.js';
import gramDistance from '../../../nodes/metrics/gram-distance.js';
import maskOverlap from '../../../nodes/metrics/mask-overlap.js';
import pictureSimilarity from '../../../nodes/metrics/picture-similarity.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';

const SIDE = 32;
const none = { mask_a: undefined, mask_b: undefined };

/** A picture by a rule for the brightness of each pixel. */
function image(rule: (x: number, y: number) => number) {
  const plane = Float32Array.from({ length: SIDE * SIDE }, (_unused, i) =>
    rule(i % SIDE, Math.floor(i / SIDE)),
  );
  const data = Float32Array.from([...plane, ...plane.map((v) => v / 2), ...plane]);
  return { pixels: cpuTensor(data, [1, 3, SIDE, SIDE]) };
}

function mask(...values: readonly number[]) {
  return { values: cpuTensor(Float32Array.from(values), [1, 1, 2, 2]) };
}

const noParts = { parts_a: undefined, parts_b: undefined };

/** A part map of 2 by 2: 0 is behind, 1 the head, 2 the body. */
function parts(...labels: readonly number[]) {
  const names = ['sky', 'head', 'body'];
  return { labels: Uint8Array.from(labels), width: 2, height: 2, names, firstOfSubject: 1 };
}

const noTiles = {
  ...{ image_1: undefined, image_2: undefined, image_3: undefined, image_4: undefined },
  ...{ image_5: undefined, image_6: undefined, image_7: undefined, image_8: undefined },
  ...{ image_9: undefined, image_10: undefined, image_11: undefined, image_12: undefined },
  ...{ image_13: undefined, image_14: undefined, image_15: undefined, image_16: undefined },
};

const own = image((x, y) => (x * y) / 1024);
const mirrored = image((x, y) => ((SIDE - 1 - x) * y) / 1024);

describe('metrics', () => {
  it('of a picture and itself are perfect', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const both = { image_a: own, image_b: own };
    expect(await pictureSimilarity.execute(both, context)).to.deep.equal({
      psnr: Infinity,
      ssim: 1,
    });
    expect(await colorDistance.execute({ ...both, ...none }, context)).to.deep.equal({
      distance: 0,
    });
    expect(await gramDistance.execute({ ...both, ...none }, context)).to.deep.equal({
      distance: 0,
    });
    expect(heard.shown.map(({ label }) => label)).to.include('Colour distance 0.00');
  });

  it('of a picture and its mirror differ in place only', async () => {
    const { context } = listen(createAnalyticServices());
    const both = { image_a: own, image_b: mirrored };
    const { ssim } = await pictureSimilarity.execute(both, context);
    expect(ssim).to.be.below(0.9);
    const { distance } = await colorDistance.execute({ ...both, ...none }, context);
    expect(distance).to.be.below(0.01);
  });

  it('count the foreground alone, and refuse an empty one with a sentence', async () => {
    const { context } = listen(createAnalyticServices());
    const half = image((x) => (x < SIDE / 2 ? 1 : 0));
    const white = image(() => 1);
    const images = { image_a: half, image_b: white };
    const left = mask(1, 0, 1, 0);
    const inside = await colorDistance.execute(
      { ...images, mask_a: left, mask_b: undefined },
      context,
    );
    expect(inside.distance).to.be.below(0.01);
    const failure: unknown = await Promise.resolve(
      colorDistance.execute({ ...images, mask_a: mask(0, 0, 0, 0), mask_b: undefined }, context),
    ).catch((error: unknown) => error);
    expect(String(failure)).to.contain('the mask is empty');
  });

  it('of masks are what both share of what either has', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const { iou } = await maskOverlap.execute(
      { a: mask(1, 1, 0, 0), b: mask(1, 0, 1, 0), ...noParts },
      context,
    );
    expect(iou).to.equal(1 / 3);
    expect(heard.shown[0]?.label).to.equal('IoU 0.333');
    const none = mask(0, 0, 0, 0);
    const empty = await maskOverlap.execute({ a: none, b: none, ...noParts }, context);
    expect(empty.iou).to.equal(1);
  });

  it('of part maps compare the subjects and each part, and want one for each side', async () => {
    const { context } = listen(createAnalyticServices());
    const noMasks = { a: undefined, b: undefined };
    const [parts_a, parts_b] = [parts(1, 2, 2, 0), parts(1, 1, 2, 0)];
    // Equal silhouettes; of the head 1 of 2 pixels, of the body 1 of 2.
    expect(await maskOverlap.execute({ ...noMasks, parts_a, parts_b }, context)).to.deep.equal({
      iou: 1,
      part_iou: 0.5,
    });
    const given = { ...noMasks, a: mask(1, 0, 0, 0), parts_a: undefined, parts_b };
    expect((await maskOverlap.execute(given, context)).iou).to.equal(1 / 3);
    const message = await refusal(() =>
      maskOverlap.execute({ ...noMasks, ...noParts, parts_a }, context),
    );
    expect(message).to.contain('neither a mask nor a part map is linked');
  });
});

describe('a contact sheet', () => {
  it('lays pictures in rows at the size of the first, and says which were resized', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const small = { pixels: cpuTensor(new Float32Array(3 * 4 * 4).fill(1), [1, 3, 4, 4]) };
    const inputs = { ...noTiles, columns: 2, image_1: own, image_2: small, image_4: own };
    const { IMAGE } = await contactSheet.execute(inputs, context);
    expect(IMAGE.pixels.shape).to.deep.equal([1, 3, 88, 88]);
    expect(heard.warnings[0]).to.contain('1 of the pictures had another size');
    const { data, width } = heard.shown[0]?.picture ?? { data: [], width: 0 };
    const at = (x: number, y: number) => [
      ...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3),
    ];
    expect(at(8 + 40, 8)).to.deep.equal([255, 255, 255]);
    expect(at(8, 8 + 40)).to.deep.equal(at(0, 0));
    const message = await refusal(() => contactSheet.execute({ ...noTiles, columns: 2 }, context));
    expect(message).to.contain('no picture is linked');
  });
});
