import { expect } from '@open-wc/testing';
import { createStage, registeredNodeTypes } from '../../src/editor/litegraph.js';

describe('LiteGraph behind its wall', () => {
  it('knows no node type of its own', () => {
    expect(registeredNodeTypes()).to.deep.equal([]);
  });

  it('compiles no text into code and leaves nothing in the global scope', async () => {
    const response = await fetch('/node_modules/litegraph.js/build/litegraph.core.js');
    const code = (await response.text()).replaceAll(/\/\/.*$/gm, '');
    expect(code).to.include('export const');
    expect(code).to.not.match(/\beval\s*\(|\bFunction\s*\(/);
    expect('LiteGraph' in globalThis || 'LGraphCanvas' in globalThis).to.equal(false);
  });

  it('draws with as many pixels as the screen has, and measures in CSS pixels', () => {
    const canvas = document.createElement('canvas');
    canvas.style.cssText = 'display: block; width: 300px; height: 200px';
    document.body.append(canvas);
    const seen: number[] = [];
    const nothing = (): void => undefined;
    const stage = createStage(canvas, {
      drawNode: nothing,
      drawLinks: nothing,
      drawBackground: (context) => seen.push(context.getTransform().a),
      drawForeground: nothing,
      drawOverlay: nothing,
      overlayBox: () => undefined,
    });
    stage.fitToElement();
    expect(canvas.width).to.equal(Math.round(300 * devicePixelRatio));
    expect(stage.size()).to.deep.equal([300, 200]);
    expect(seen.at(-1)).to.equal(devicePixelRatio);
    expect(Array.from(stage.view.visible_area.slice(2))).to.deep.equal([300, 200]);
    stage.dispose();
    canvas.remove();
  });
});
