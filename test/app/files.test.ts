import { expect } from '@open-wc/testing';
import { graphFileName, pictureToPng } from '../../src/app/files.js';
import { readGraphFile } from '../../src/app/read-graph.js';
import { nodesToText, pasteText } from '../../src/app/clipboard.js';
import { takePicture } from '../../src/app/take-pictures.js';
import { AppError } from '../../src/core/errors.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import { getPicture } from '../../src/storage/pictures.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
  } catch (error) {
    return error instanceof AppError ? error.details.code : String(error);
  }
  return undefined;
}

describe('a graph file', () => {
  const read = (text: string) => readGraphFile(new Blob([text]), testRegistry);

  it('is read as it was saved', async () => {
    const document = twoNodes({ image: { link: ['1', 'IMAGE'] } });
    expect((await read(serializeDocument(document)))?.document).to.deep.equal(document);
  });

  it('is refused with a code when it is junk, newer or too large', async () => {
    expect(await codeOf(read('{"a": 1'))).to.equal('document/invalid');
    expect(await codeOf(read('x'.repeat(10_000_000)))).to.equal('document/invalid');
    expect(await codeOf(read(serializeDocument({ ...twoNodes(), version: 999 })))).to.equal(
      'document/too-new',
    );
    expect(await codeOf(read('x'.repeat(20_000_001)))).to.equal('document/too-large');
  });

  it('is called like its graph', () => {
    expect(graphFileName('Zebra → Horse!')).to.equal('zebra-horse.json');
    expect(graphFileName(undefined)).to.equal('crossweave.json');
  });
});

describe('nodes on the clipboard', () => {
  it('come back with their links, around the place they are put', () => {
    const document = twoNodes({ image: { link: ['1', 'IMAGE'] } });
    const text = nodesToText(document, ['1', '2']);
    const pasted = pasteText(document, text, [1000, 1000], false);
    expect(pasted.ids).to.deep.equal(['3', '4']);
    expect(pasted.document.nodes['4']?.inputs['image']).to.deep.equal({ link: ['3', 'IMAGE'] });
    expect(pasted.document.layout.nodes['3']?.pos).to.deep.equal([840, 1000]);
  });

  it('keep links from outside only when asked to', () => {
    const document = twoNodes({ image: { link: ['1', 'IMAGE'] } });
    const text = nodesToText(document, ['2']);
    const loose = pasteText(document, text, [0, 0], false).document.nodes['3'];
    const tied = pasteText(document, text, [0, 0], true).document.nodes['3'];
    expect(loose?.inputs['image']).to.equal(undefined);
    expect(tied?.inputs['image']).to.deep.equal({ link: ['1', 'IMAGE'] });
  });
});

describe('a picture file', () => {
  it('is stored byte for byte under its name', async () => {
    const data = new Uint8ClampedArray([255, 0, 0, 255]);
    const png = await pictureToPng({ width: 1, height: 1, data });
    const name = await takePicture(new File([png], 'folder/red.png', { type: 'image/png' }));
    expect(name).to.match(/^red(-\d+)?\.png$/);
    expect((await getPicture(name))?.bytes.byteLength).to.equal(png.size);
  });

  it('is refused when it is empty or no picture', async () => {
    const type = 'image/png';
    expect(await codeOf(takePicture(new File([], 'a.png', { type })))).to.equal(
      'picture/unreadable',
    );
    expect(await codeOf(takePicture(new File(['no picture'], 'a.png', { type })))).to.equal(
      'picture/unreadable',
    );
  });
});
