import { expect } from '@open-wc/testing';
import { fuzzyScore } from '../../src/ui/fuzzy.js';

describe('the fuzzy search', () => {
  it('wants all letters in order', () => {
    expect(fuzzyScore('vd', 'VAE Decode')).to.be.greaterThan(0);
    expect(fuzzyScore('dv', 'VAE Decode')).to.equal(0);
    expect(fuzzyScore('x', 'VAE Decode')).to.equal(0);
  });

  it('prefers beginnings of words and whole words', () => {
    expect(fuzzyScore('image', 'Load Image')).to.be.greaterThan(
      fuzzyScore('image', 'Inpaint Mage'),
    );
    expect(fuzzyScore('ld', 'Load Device')).to.be.greaterThan(fuzzyScore('ld', 'Fold'));
    expect(fuzzyScore('ada', 'AdaIN')).to.be.greaterThan(fuzzyScore('ada', 'Load a Da'));
  });
});
