import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { graphFromPng, withGraph } from '../../src/storage/graph-in-png.js';
import { decodePng, encodePng } from '../../src/storage/png-picture.js';
import { readPngTexts, withPngTexts } from '../../src/storage/png-text.js';
import { tinyRegistry } from '../support/tiny-nodes.js';

const picture = { width: 2, height: 1, data: new Uint8ClampedArray([1, 2, 3, 255, 4, 5, 6, 255]) };
const app = { name: 'crossweave', version: '0' };

describe('a PNG picture', () => {
  it('carries a graph in any script and gives it back, its pixels untouched', () => {
    const definition = tinyRegistry.get('Source');
    if (!definition) throw new Error('no Source');
    const { document } = addNode(emptyDocument(), definition, { pos: [1, 2], title: 'é 狐 🦊' });
    const png = withGraph(
      withGraph(encodePng(picture), emptyDocument(), tinyRegistry, app),
      document,
      tinyRegistry,
      app,
    );
    expect(graphFromPng(png, tinyRegistry)).to.deep.equal(document);
    expect(decodePng(png)).to.deep.equal(picture);
    expect(readPngTexts(png).map(({ keyword }) => keyword)).to.deep.equal([
      'crossweave',
      'workflow',
    ]);
  });

  it('without a graph gives none; cut off, it is refused with a sentence', () => {
    const png = withPngTexts(encodePng(picture), [{ keyword: 'note', text: 'x' }]);
    expect(graphFromPng(png, tinyRegistry)).to.equal(undefined);
    expect(() => graphFromPng(png.subarray(0, 40), tinyRegistry)).to.throw(AppError, 'cut off');
    const long = png.slice();
    long.fill(255, 33, 37);
    expect(() => graphFromPng(long, tinyRegistry)).to.throw(AppError, 'longer than the file');
  });
});
