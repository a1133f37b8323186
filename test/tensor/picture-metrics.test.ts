import { expect } from '@open-wc/testing';
import { psnr, ssim, type Plane } from '../../src/tensor/picture-metrics.js';

const side = 24;

function plane(value: (x: number, y: number) => number): Plane {
  const data = Float32Array.from({ length: side * side }, (_, i) =>
    value(i % side, Math.floor(i / side)),
  );
  return { width: side, height: side, data };
}

describe('picture metrics', () => {
  const waves = plane((x, y) => 128 + 60 * Math.sin(x / 3) + 40 * Math.cos(y / 2));

  it('give the decibel of a constant difference, and infinity for none', () => {
    const brighter = waves.data.map((value) => value + 16);
    expect(psnr(waves.data, brighter, 255)).to.be.closeTo(20 * Math.log10(255 / 16), 1e-4);
    expect(psnr(waves.data, waves.data, 255)).to.equal(Infinity);
  });

  it('give the similarity of planes that differ in brightness alone as its formula says', () => {
    const [a, b] = [100, 120];
    const c1 = (0.01 * 255) ** 2;
    const found = ssim(
      plane(() => a),
      plane(() => b),
      255,
    );
    expect(found).to.be.closeTo((2 * a * b + c1) / (a * a + b * b + c1), 1e-6);
  });

  it('give 1 for equal planes, less for noise, and least for the negative', () => {
    const noisy = plane(
      (x, y) => (waves.data[y * side + x] ?? 0) + 20 * Math.sin(x * 7.1 + y * 3.7),
    );
    const negative = plane((x, y) => 255 - (waves.data[y * side + x] ?? 0));
    expect(ssim(waves, waves, 255)).to.be.closeTo(1, 1e-9);
    expect(ssim(waves, noisy, 255)).to.be.within(0.3, 0.95);
    expect(ssim(waves, negative, 255)).to.be.below(0);
    expect(() => ssim({ ...waves, height: 10 }, { ...waves, height: 10 }, 255)).to.throw('11');
  });
});
