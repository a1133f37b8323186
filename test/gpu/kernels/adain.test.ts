import { expect } from '@open-wc/testing';
import type { GpuContext } from '../../../src/runtime/webgpu/gpu-context.js';
import { uploadTensor } from '../../../src/runtime/webgpu/gpu-tensor.js';
import { adain } from '../../../src/runtime/webgpu/kernels/adain.js';
import { countMask } from '../../../src/runtime/webgpu/kernels/count-mask.js';
import { noise, openContext, relativeError } from '../context.js';

const CHANNELS = 5;
const [CONTENT, STYLE] = [
  [1, CHANNELS, 33, 20],
  [1, CHANNELS, 16, 24],
];
const [CONTENT_SIZE, STYLE_SIZE] = [33 * 20, 16 * 24];

/** AdaIN by its formula in float64. */
function expected(
  content: Float32Array,
  style: Float32Array,
  masks?: { content: Float32Array; style: Float32Array },
): Float32Array {
  const moments = (values: number[]): [number, number] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return [mean, Math.sqrt(squares / (values.length - 1) + 1e-5)];
  };
  const result = new Float32Array(content.length);
  for (let c = 0; c < CHANNELS; c++) {
    const own = [...content.subarray(c * CONTENT_SIZE, (c + 1) * CONTENT_SIZE)];
    const other = [...style.subarray(c * STYLE_SIZE, (c + 1) * STYLE_SIZE)];
    const [m, s] = moments(own.filter((_, i) => (masks?.content[i] ?? 1) > 0.5));
    const [n, t] = moments(other.filter((_, i) => (masks?.style[i] ?? 1) > 0.5));
    own.forEach((x, i) => {
      const blend = masks?.content[i] ?? 1;
      result[c * CONTENT_SIZE + i] = x * (1 - blend) + (((x - m) / s) * t + n) * blend;
    });
  }
  return result;
}

describe('AdaIN kernel', () => {
  let context: GpuContext;
  before(async () => {
    context = await openContext();
  });
  after(() => {
    context.destroy();
  });

  const content = noise(CHANNELS * CONTENT_SIZE, 1).map((x) => 3 * x + 40);
  const style = noise(CHANNELS * STYLE_SIZE, 2).map((x) => 0.1 * x - 2);

  it('gives the channel statistics of one latent to another of another size', async () => {
    const result = adain(
      context,
      uploadTensor(context, content, CONTENT),
      uploadTensor(context, style, STYLE),
    );
    expect(relativeError(await result.read(), expected(content, style))).to.be.at.most(1e-5);
  });

  it('reads and writes only inside the masks', async () => {
    const masks = {
      content: noise(CONTENT_SIZE, 3).map((x) => Number(x > 0.2)),
      style: noise(STYLE_SIZE, 4).map((x) => Number(x > -0.5)),
    };
    const result = adain(
      context,
      uploadTensor(context, content, CONTENT),
      uploadTensor(context, style, STYLE),
      {
        content: uploadTensor(context, masks.content, [1, 1, 33, 20]),
        style: uploadTensor(context, masks.style, [1, 1, 16, 24]),
      },
    );
    const values = await result.read();
    expect(relativeError(values, expected(content, style, masks))).to.be.at.most(1e-5);
    const outside = masks.content.indexOf(0);
    expect(values[outside]).to.equal(content[outside]);
  });

  it('counts mask pixels with four bytes read', async () => {
    const mask = noise(1000, 5).map((x) => Number(x > 0));
    const before = context.counters.bytesRead;
    const count = await countMask(context, uploadTensor(context, mask, [1, 1, 10, 100]));
    expect(count).to.equal(mask.reduce((sum, value) => sum + value, 0));
    expect(context.counters.bytesRead - before).to.equal(4);
  });
});
