import { expect } from '@open-wc/testing';
import { readCanvasTheme } from '../../src/editor/canvas-theme.js';
import { crowd, drawLines } from '../../src/editor/crowd.js';

describe('a crowd of nodes and links', () => {
  const theme = readCanvasTheme(document.documentElement);

  it('is drawn with one stroke for each type of link, however many there are', () => {
    const context = document.createElement('canvas').getContext('2d') ?? expect.fail('no canvas');
    let strokes = 0;
    context.stroke = () => {
      strokes += 1;
    };
    const lines = Array.from({ length: 50_000 }, (_, i) => ({
      type: i % 2 === 0 ? 'IMAGE' : 'MASK',
      points: [[0, i] as const, [100, i] as const],
    }));
    drawLines(context, lines, theme);
    expect(strokes).to.be.within(1, 2);
  });

  it('shows where its links run', () => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d') ?? expect.fail('no canvas');
    const points = [[10, 20] as const, [90, 20] as const];
    const lines = Array.from({ length: crowd.links + 1 }, () => ({ type: 'IMAGE', points }));
    drawLines(context, lines, theme);
    const alpha = (x: number, y: number): number => context.getImageData(x, y, 1, 1).data[3] ?? 0;
    expect(alpha(50, 20)).to.be.greaterThan(60);
    expect(alpha(50, 60)).to.equal(0);
  });
});
