import { expect } from '@open-wc/testing';
import { snap } from '../../src/editor/number-step.js';
import { formatDuration } from '../../src/editor/draw-status.js';
import { fitText, formatNumber, textWidth, wrapText } from '../../src/editor/text.js';

describe('text on the canvas', () => {
  it('is shortened to fit', () => {
    const short = fitText('a rather long title of a node', 'label', 60);
    expect(short.endsWith('…')).to.equal(true);
    expect(textWidth(short, 'label')).to.be.at.most(60);
    expect(fitText('short', 'label', 200)).to.equal('short');
  });

  it('is wrapped to a number of lines, and says when there is more', () => {
    const lines = wrapText('one two three four five six seven eight', 'label', 60, 2);
    expect(lines).to.have.length(2);
    expect(lines[1]?.endsWith('…')).to.equal(true);
  });

  it('shows a number with the digits of its step, and never hides a digit', () => {
    expect(formatNumber(1.4, 0.01, false)).to.equal('1.40');
    expect(formatNumber(1.375, 0.01, false)).to.equal('1.375');
    expect(formatNumber(42, undefined, true)).to.equal('42');
  });

  it('shows durations in the unit that suits them', () => {
    expect([0.4, 12.3, 1234, 61_000].map(formatDuration)).to.deep.equal([
      '<1 ms',
      '12 ms',
      '1.2 s',
      '1 min 1 s',
    ]);
  });
});

describe('a dragged number', () => {
  const spec = { type: 'FLOAT', default: 0, min: 0, max: 1, step: 0.1, tooltip: '' } as const;

  it('stays on its grid and in its range', () => {
    expect(snap(spec, 0.34)).to.equal(0.3);
    expect(snap(spec, 7)).to.equal(1);
    expect(snap({ ...spec, type: 'INT', max: 10, step: 1 }, 2.6)).to.equal(3);
  });
});
