import { expect } from '@open-wc/testing';
import { fromLab, toLab } from '../../src/tensor/lab.js';
import { momentsDistance, momentsOf, withMoments } from '../../src/tensor/moments.js';

describe('colours in L*a*b*', () => {
  it('are those of the published examples', () => {
    // sRGB primaries under D65.
    const lab = toLab(Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0, 255), 3);
    const known = [100, 0, 0, 53.24, 80.09, 67.2, 32.3, 79.19, -107.86];
    known.forEach((value, i) => expect(lab[i]).to.be.closeTo(value, 0.05));
  });

  it('come back as the same bytes', () => {
    const rgb = Uint8Array.from({ length: 3 * 512 }, (_unused, i) => (i * 37) % 256);
    expect([...fromLab(toLab(rgb, 3))]).to.deep.equal([...rgb]);
  });
});

describe('moments', () => {
  const values = Float32Array.of(1, 10, 3, 10, 100, 100);

  it('are the mean and deviation of every channel where the weights say', () => {
    const moments = momentsOf(values, 2, [1, 1, 0]);
    expect(moments).to.deep.equal({ mean: [2, 10], deviation: [1, 0] });
    expect(momentsOf(values, 2, [0, 0, 0])).to.equal(undefined);
  });

  it('are those asked for after a transfer', () => {
    const own = momentsOf(values, 2);
    const wanted = { mean: [5, -3], deviation: [2, 0.5] };
    if (!own) throw new Error('There are values.');
    const moved = momentsOf(withMoments(values, own, wanted), 2);
    if (!moved) throw new Error('There are values.');
    expect(momentsDistance(moved, wanted)).to.be.below(1e-4);
    expect(momentsDistance(own, wanted)).to.be.above(1);
  });
});
