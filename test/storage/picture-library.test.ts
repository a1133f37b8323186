import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { openPictureLibrary } from '../../src/storage/picture-library.js';
import { deletePicture } from '../../src/storage/pictures.js';

const library = openPictureLibrary(new URL('/public/samples/', location.href).href);

const picture = (level: number) => ({
  width: 2,
  height: 1,
  data: Uint8ClampedArray.of(level, 0, 0, 255, 0, level, 0, 128),
});

describe('the pictures of a run', () => {
  const kept: string[] = [];
  after(async () => {
    for (const name of kept) await deletePicture(name);
  });

  it('are the kept ones and the samples', async () => {
    const name = await library.write('kept-for-a-test', picture(9));
    kept.push(name);
    expect(name).to.equal('kept-for-a-test.png');
    expect(await library.list()).to.include.members([name, 'giraffe.png']);
    expect([...(await library.read(name)).data]).to.deep.equal([...picture(9).data]);
  });

  it('get another name when theirs is taken by another picture', async () => {
    const name = await library.write('kept-for-a-test.png', picture(10));
    kept.push(name);
    expect(name).to.equal('kept-for-a-test-2.png');
  });

  it('are told apart by what is in the file', async () => {
    const [giraffe, cow] = [
      await library.fingerprint('giraffe.png'),
      await library.fingerprint('cow.png'),
    ];
    expect(giraffe)
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.to.equal(cow);
    expect((await library.read('giraffe.png')).width).to.be.above(0);
  });

  it('are missing by name', async () => {
    const error: unknown = await library.read('nobody.png').catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(AppError);
    expect(error).to.have.deep.property('details', { code: 'picture/missing', name: 'nobody.png' });
  });
});
