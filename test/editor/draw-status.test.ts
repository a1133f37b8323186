import { expect } from '@open-wc/testing';
import { readCanvasTheme } from '../../src/editor/canvas-theme.js';
import { costText, drawStatus, formatBytes, formatDuration } from '../../src/editor/draw-status.js';
import type { NodeGeometry } from '../../src/editor/geometry.js';
import type { NodeFace } from '../../src/editor/node-face.js';
import type { NodeRunView } from '../../src/editor/run-view.js';

const cost = { elapsedMs: 5120, byteLength: 32 * 1024, times: 57 };

describe('what a node took', () => {
  it('is told in units that suit it, with how often it ran', () => {
    expect(costText(cost)).to.match(/^5\.1 s · 32 KiB · .*57/);
    expect(costText({ ...cost, times: 1 })).to.equal('5.1 s · 32 KiB');
    expect([0.2, 340, 9_900, 65_000].map(formatDuration)).to.deep.equal([
      '<1 ms',
      '340 ms',
      '9.9 s',
      '1 min 5 s',
    ]);
    expect([12, 1536, 3 * 2 ** 20].map(formatBytes)).to.deep.equal(['12 B', '1.5 KiB', '3.0 MiB']);
  });

  const written = (run: Partial<NodeRunView>, showsTimes: boolean): readonly string[] => {
    const context = document.createElement('canvas').getContext('2d') ?? expect.fail('no canvas');
    const texts: string[] = [];
    context.fillText = (text) => {
      texts.push(text);
    };
    const geometry = { width: 240, height: 120, isCollapsed: false } as NodeGeometry;
    const view = { status: undefined, warnings: [], problems: [], pictures: [], ...run };
    const theme = readCanvasTheme(document.documentElement);
    drawStatus(context, {} as NodeFace, geometry, view, theme, true, showsTimes);
    return texts;
  };

  it('stands under the node when the settings want times on nodes', () => {
    expect(written({ cost }, true).join()).to.include('5.1 s · 32 KiB');
    expect(written({ cost }, false)).to.deep.equal([]);
  });

  it('is marked when the graph has changed above the node since', () => {
    const [text = ''] = written({ cost, isStale: true }, true);
    expect(text).to.match(/^.+ · 5\.1 s/);
  });

  it('makes room for what is wrong with the node', () => {
    const texts = written({ cost, warnings: ['The mask is empty.'] }, true).join();
    expect(texts).to.include('The mask is empty.');
    expect(texts).not.to.include('5.1 s');
  });
});
