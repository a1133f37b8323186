import { expect } from '@open-wc/testing';
import { encode } from 'fast-png';
import { AppError } from '../../src/core/errors.js';
import { decodePicture } from '../../src/storage/decode-picture.js';

const png = (image: Parameters<typeof encode>[0]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(encode(image));

async function refusal(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    await decodePicture(name, bytes);
  } catch (error) {
    if (error instanceof AppError && error.details.code === 'picture/unreadable') {
      expect(error.details.name).to.equal(name);
      return error.details.reason;
    }
    throw error;
  }
  throw new Error('The picture was read.');
}

/** A JPEG of a wide red over a blue half, with an EXIF orientation. */
async function jpeg(orientation: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(32, 16);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.fillStyle = 'red';
  context.fillRect(0, 0, 32, 8);
  context.fillStyle = 'blue';
  context.fillRect(0, 8, 32, 8);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
  const file = new Uint8Array(await blob.arrayBuffer());
  const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0];
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
  ];
  return Uint8Array.from([
    ...file.subarray(0, 2),
    ...exif,
    ...tiff,
    0,
    0,
    0,
    0,
    ...file.subarray(2),
  ]);
}

describe('decoding pictures', () => {
  it('keeps the colours of transparent pixels as the PNG has them', async () => {
    const data = Uint8Array.of(200, 100, 50, 3, 1, 2, 3, 0);
    const picture = await decodePicture('a.png', png({ width: 2, height: 1, data, channels: 4 }));
    expect([...picture.data]).to.deep.equal([...data]);
  });

  it('rounds 16-bit PNG to 8 bits', async () => {
    const data = Uint16Array.of(65535, 32768, 128);
    const file = png({ width: 1, height: 1, data, channels: 3, depth: 16 });
    expect([...(await decodePicture('a.png', file)).data]).to.deep.equal([255, 128, 0, 255]);
  });

  it('turns a JPEG upright as its EXIF orientation says', async () => {
    const { width, height, data } = await decodePicture('a.jpg', await jpeg(6));
    expect([width, height]).to.deep.equal([16, 32]);
    // Turned by a quarter clockwise, what was on top is on the right.
    expect(data[4 * 15]).to.be.above(200);
    expect(data[2]).to.be.above(200);
  });

  it('reads 20 megapixels', async function () {
    this.timeout(60_000);
    const [width, height] = [5000, 4000];
    const data = new Uint8Array(3 * width * height).fill(7);
    const picture = await decodePicture('large.png', png({ width, height, data, channels: 3 }));
    expect([picture.width, picture.height, picture.data.length]).to.deep.equal([
      width,
      height,
      4 * width * height,
    ]);
    expect([...picture.data.subarray(-4)]).to.deep.equal([7, 7, 7, 255]);
  });

  it('refuses what is empty, no picture, damaged, or too large, with the reason', async () => {
    expect(await refusal('a.png', new Uint8Array())).to.equal('the file is empty');
    expect(await refusal('a.txt', new TextEncoder().encode('no picture'))).to.include(
      'no picture that this browser can read',
    );
    const whole = png({ width: 4, height: 4, data: new Uint8Array(48), channels: 3 });
    expect(await refusal('cut.png', whole.slice(0, 45))).to.not.equal('');
    const header = whole.slice();
    const view = new DataView(header.buffer);
    view.setUint32(16, 0);
    expect(await refusal('zero.png', header)).to.include('0 x 4 pixels');
    view.setUint32(16, 20_000);
    view.setUint32(20, 20_000);
    expect(await refusal('huge.png', header)).to.include('up to 64 million');
  });
});
