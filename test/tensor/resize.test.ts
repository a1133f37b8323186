import { expect } from '@open-wc/testing';
import { centreCrop, resizeBicubic } from '../../src/tensor/resize.js';

const ramp = {
  width: 4,
  height: 2,
  channels: 1,
  data: Uint8Array.of(0, 50, 100, 150, 10, 60, 110, 160),
};

describe('resizing', () => {
  it('to the same size changes nothing', () => {
    expect([...resizeBicubic(ramp, 4, 2).data]).to.deep.equal([...ramp.data]);
  });

  it('keeps a plain colour at every size', () => {
    const plain = { width: 7, height: 5, channels: 3, data: new Uint8Array(105).fill(77) };
    for (const [width, height] of [
      [3, 2],
      [20, 11],
    ] as const) {
      expect(new Set(resizeBicubic(plain, width, height).data)).to.deep.equal(new Set([77]));
    }
  });
});

describe('the centre crop', () => {
  it('cuts to the short side at (long - short) // 2', () => {
    const cropped = centreCrop(ramp, 64, 64);
    expect([cropped.width, cropped.height]).to.deep.equal([2, 2]);
    expect([...cropped.data]).to.deep.equal([50, 100, 60, 110]);
  });

  it('leaves a picture of the wanted aspect alone', () => {
    expect(centreCrop(ramp, 128, 64)).to.equal(ramp);
  });
});
