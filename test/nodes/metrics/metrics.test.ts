import { expect } from '@open-wc/testing';
import colorDistance from '../../../nodes/metrics/color-distance.js';
import gramDistance from '../../../nodes/metrics/gram-distance.js';
import maskOverlap from '../../../nodes/metrics/mask-overlap.js';
import pictureSimilarity from '../../../nodes/metrics/picture-similarity.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

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
      { a: mask(1, 1, 0, 0), b: mask(1, 0, 1, 0) },
      context,
    );
    expect(iou).to.equal(1 / 3);
    expect(heard.shown[0]?.label).to.equal('IoU 0.333');
    const empty = await maskOverlap.execute({ a: mask(0, 0, 0, 0), b: mask(0, 0, 0, 0) }, context);
    expect(empty.iou).to.equal(1);
  });
});
