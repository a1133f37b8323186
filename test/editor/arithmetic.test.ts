import { expect } from '@open-wc/testing';
import { evaluate } from '../../src/editor/arithmetic.js';

describe('sums in number fields', () => {
  it('are worked out with the usual precedence', () => {
    expect(evaluate('100*0.68')).to.equal(68);
    expect(evaluate('1 + 2 * (3 - 1) / 4')).to.equal(2);
    expect(evaluate('-.5 + 1e2')).to.equal(99.5);
    expect(evaluate('1,5')).to.equal(1.5);
  });

  it('are refused when they are anything but a sum', () => {
    for (const text of ['', 'alert(1)', '1 +', '(1', '1 2', '1/0', '0x10', '--', '2**3', '1e999']) {
      expect(evaluate(text), text).to.equal(undefined);
    }
  });
});
