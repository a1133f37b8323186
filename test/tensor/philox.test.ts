import { expect } from '@open-wc/testing';
import { gaussian, philox, philoxKey } from '../../src/tensor/philox.js';

describe('noise of torch on CUDA', () => {
  it('a zero counter and key give the published words of Philox4x32-10', () => {
    const words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
    expect([...philox([0, 0, 0, 0], [0, 0])]).to.deep.equal(words);
  });

  it('draws with the same seed and call are the recorded normal values', () => {
    const expected = [0.1940189, 2.1613741, -0.1720506, 0.8490601, -1.9243991, 0.6529855];
    const found = gaussian(42n, 0, 1024);
    for (const [j, value] of expected.entries()) expect(found[j]).to.be.closeTo(value, 5e-6);
    expect(gaussian(42n, 167, 4)[0]).to.be.closeTo(-2.4638782, 5e-6);
  });

  it('a longer draw starts with the values of a shorter one', () => {
    expect([...gaussian(7n, 3, 5)]).to.deep.equal([...gaussian(7n, 3, 50).subarray(0, 5)]);
  });

  it('seeds use all 64 bits, and others are refused', () => {
    expect([...philoxKey(2n ** 32n + 5n)]).to.deep.equal([5, 1]);
    expect(() => philoxKey(-1n)).to.throw(RangeError);
  });
});
