import { expect } from '@open-wc/testing';
import { deletePicture, getPicture, listPictures, putPicture } from '../../src/storage/pictures.js';

const bytesOf = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

describe('stored pictures', () => {
  beforeEach(async () => {
    for (const { name } of await listPictures()) await deletePicture(name);
  });

  it('come back with their bytes and type', async () => {
    expect(await putPicture('cow.png', bytesOf(1, 2, 3), 'image/png')).to.equal('cow.png');
    const picture = await getPicture('cow.png');
    expect(Array.from(picture?.bytes ?? [])).to.deep.equal([1, 2, 3]);
    expect(picture?.type).to.equal('image/png');
    expect(picture?.hash).to.equal(
      '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
    );
  });

  it('keep their name when the same bytes come twice, and get a number when the bytes differ', async () => {
    await putPicture('cow.png', bytesOf(1), 'image/png');
    expect(await putPicture('cow.png', bytesOf(1), 'image/png')).to.equal('cow.png');
    expect(await putPicture('cow.png', bytesOf(2), 'image/png')).to.equal('cow-2.png');
    expect(Array.from((await getPicture('cow.png'))?.bytes ?? [])).to.deep.equal([1]);
    expect((await listPictures()).map(({ name }) => name)).to.have.members([
      'cow.png',
      'cow-2.png',
    ]);
  });

  it('share equal bytes, which stay until the last name is deleted', async () => {
    await putPicture('a.png', bytesOf(7), 'image/png');
    await putPicture('b.png', bytesOf(7), 'image/png');
    await deletePicture('a.png');
    expect(Array.from((await getPicture('b.png'))?.bytes ?? [])).to.deep.equal([7]);
    await deletePicture('b.png');
    expect(await getPicture('b.png')).to.equal(undefined);
  });
});
