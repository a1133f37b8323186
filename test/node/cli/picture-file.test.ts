import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { encode as encodePngFile } from 'fast-png';
import { encode as encodeJpegFile } from 'jpeg-js';
import { AppError } from '../../../src/core/errors.js';
import { decodePicture } from '../../../tools/cli/headless/picture-file.js';

function refused(bytes: Uint8Array): string {
  try {
    decodePicture('it', bytes);
  } catch (error) {
    if (error instanceof AppError && error.details.code === 'picture/unreadable') {
      return error.details.reason;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A JPEG of `width` by `height` whose left half is black and right half white, with an EXIF orientation. */
function jpeg(width: number, height: number, orientation?: number): Uint8Array {
  const row = Buffer.alloc(4 * width, 255);
  for (let x = 0; x < width / 2; x++) row.fill(0, 4 * x, 4 * x + 3);
  const data = Buffer.alloc(4 * width * height, row);
  const file = encodeJpegFile({ width, height, data }, 95).data;
  if (orientation === undefined) return file;
  const exif = Buffer.from(
    '457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100000000',
    'hex',
  );
  exif.writeUInt16BE(orientation, exif.length - 4);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([file.subarray(0, 2), head, exif, file.subarray(2)]);
}

/** A PNG of 16 by 16 in one colour of a palette, Adam7-interlaced. */
function interlacedPalettePng(): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.from('0000001000000010' + '0803000001', 'hex');
  const sizes = [
    [2, 2],
    [2, 2],
    [4, 2],
    [4, 4],
    [8, 4],
    [8, 8],
    [16, 8],
  ];
  const rows = sizes.flatMap(([width = 0, height = 0]) =>
    Array.from({ length: height }, () => Buffer.from([0, ...Array<number>(width).fill(1)])),
  );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([9, 9, 9, 200, 100, 50])),
    chunk('tRNS', Buffer.from([255, 128])),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('pictures from files', () => {
  it('rounds 16-bit values to 8 bits and keeps alpha', () => {
    const data = Uint16Array.of(65535, 32896, 128, 32768, 0, 383, 385, 65535);
    const file = encodePngFile({ width: 2, height: 1, data, depth: 16, channels: 4 });
    assert.deepEqual([...decodePicture('it', file).data], [255, 128, 0, 128, 0, 1, 1, 255]);
  });

  it('reads grey with alpha', () => {
    const file = encodePngFile({
      width: 1,
      height: 1,
      data: Uint8Array.of(7, 9),
      depth: 8,
      channels: 2,
    });
    assert.deepEqual([...decodePicture('it', file).data], [7, 7, 7, 9]);
  });

  it('reads interlaced pictures with a palette and transparency', () => {
    const { width, height, data } = decodePicture('it', interlacedPalettePng());
    assert.deepEqual([width, height], [16, 16]);
    for (let i = 0; i < data.length; i += 4) {
      assert.deepEqual([...data.subarray(i, i + 4)], [200, 100, 50, 128]);
    }
  });

  it('turns a JPEG upright as its EXIF orientation says', () => {
    const levelAt = (orientation: number | undefined, x: number, y: number): number => {
      const { width, data } = decodePicture('it', jpeg(16, 32, orientation));
      return data[4 * (y * width + x)] ?? NaN;
    };
    assert.ok(levelAt(undefined, 2, 16) < 40 && levelAt(undefined, 13, 16) > 215);
    assert.ok(levelAt(3, 2, 16) > 215 && levelAt(3, 13, 16) < 40);
    assert.equal(decodePicture('it', jpeg(16, 32, 6)).width, 32);
    assert.ok(levelAt(6, 16, 2) < 40 && levelAt(6, 16, 13) > 215);
    assert.ok(levelAt(8, 16, 2) > 215 && levelAt(8, 16, 13) < 40);
  });

  it('reads twenty megapixels', () => {
    const { width, height, data } = decodePicture('it', jpeg(5504, 3648));
    assert.deepEqual([width, height], [5504, 3648]);
    assert.ok((data[0] ?? 255) < 40 && (data[4 * 5503] ?? 0) > 215);
  });

  it('refuses what is no picture, is cut off, has no pixels, or too many, and says why', () => {
    assert.match(refused(new Uint8Array(0)), /the file is empty/);
    assert.match(refused(Buffer.from('GIF89a')), /neither a PNG nor a JPEG/);
    const png = encodePngFile({ width: 40, height: 40, data: new Uint8Array(1600), channels: 1 });
    assert.match(refused(png.subarray(0, 20)), /ends within its header/);
    assert.notEqual(refused(png.subarray(0, png.length - 20)), '');
    const sized = (width: number, height: number): Uint8Array => {
      const file = Buffer.from(png);
      file.writeUInt32BE(width, 16);
      file.writeUInt32BE(height, 20);
      return file;
    };
    assert.match(refused(sized(0, 40)), /its size is 0 x 40 pixels/);
    assert.match(refused(sized(65535, 65535)), /up to 64 million are read/);
    const photo = jpeg(64, 64);
    assert.notEqual(refused(photo.subarray(0, Math.floor(photo.length / 2))), '');
  });
});
