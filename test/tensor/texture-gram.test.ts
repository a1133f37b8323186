import { expect } from '@open-wc/testing';
import { gramDistance, textureGrams } from '../../src/tensor/texture-gram.js';

const SIDE = 64;

/** A texture by a rule for the colour of each pixel. */
function plane(rule: (x: number, y: number) => number) {
  const data = new Float32Array(3 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i += 1) {
    const value = 50 + 40 * rule(i % SIDE, Math.floor(i / SIDE));
    data.set([value, value / 2, 10], 3 * i);
  }
  return { width: SIDE, height: SIDE, data };
}

const stripes = (shift: number) => plane((x) => ((x + shift) % 8 < 4 ? 1 : -1));
const rows = plane((_x, y) => (y % 8 < 4 ? 1 : -1));
const checks = plane((x, y) => (x % 8 < 4 === y % 8 < 4 ? 1 : -1));

describe('Gram distance of textures', () => {
  const own = textureGrams(stripes(0));

  it('is 0 for a picture and itself, and small when it is shifted or mirrored', () => {
    expect(own).to.have.length(4);
    expect(gramDistance(own, own)).to.equal(0);
    expect(gramDistance(own, textureGrams(stripes(4)))).to.be.below(0.05);
    const mirrored = plane((x) => ((SIDE - 1 - x) % 8 < 4 ? 1 : -1));
    expect(gramDistance(own, textureGrams(mirrored))).to.be.below(0.05);
  });

  it('tells stripes from stripes across and from checks', () => {
    expect(gramDistance(own, textureGrams(rows))).to.be.above(0.1);
    expect(gramDistance(own, textureGrams(checks))).to.be.above(0.06);
  });

  it('looks inside the mask only', () => {
    const half = plane((x, y) => (x < 32 ? (x % 8 < 4 ? 1 : -1) : y % 8 < 4 ? 1 : -1));
    const mask = Float32Array.from({ length: SIDE * SIDE }, (_u, i) => (i % SIDE < 31 ? 1 : 0));
    const masked = gramDistance(own, textureGrams(half, mask));
    expect(masked).to.be.below(0.3 * gramDistance(own, textureGrams(half)));
  });
});
