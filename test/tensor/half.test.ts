import { expect } from '@open-wc/testing';
import { floatToHalf, fromHalves, halfToFloat, toHalves } from '../../src/tensor/half.js';

describe('halves', () => {
  it('every half comes back unchanged from a float', () => {
    for (let half = 0; half < 0x10000; half++) {
      const value = halfToFloat(half);
      if (Number.isNaN(value)) expect(floatToHalf(value) & 0x7fff).to.be.greaterThan(0x7c00);
      else expect(floatToHalf(value)).to.equal(half);
    }
  });

  it('floats become the nearest half, ties the even one', () => {
    expect(floatToHalf(1 + 2 ** -11)).to.equal(floatToHalf(1));
    expect(floatToHalf(1 + 3 * 2 ** -11)).to.equal(floatToHalf(1 + 2 ** -9));
    expect(floatToHalf(65504)).to.equal(0x7bff);
    expect(floatToHalf(65520)).to.equal(0x7c00);
    expect(floatToHalf(2 ** -25)).to.equal(0);
    expect(floatToHalf(1.5 * 2 ** -25)).to.equal(1);
  });

  it('arrays are converted value by value', () => {
    const values = Float32Array.of(0, -2, 0.5, 1024);
    expect([...fromHalves(toHalves(values))]).to.deep.equal([...values]);
  });
});
