import { decode } from 'jpeg-js';
import type { Picture } from '../../../src/core/node/definition.js';
import { turnPicture } from './orientation.js';

/** What the head of a JPEG says before anything is decoded. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1..8; 1 when the file has none. */
  readonly orientation: number;
}

/** Walks the segments of a JPEG up to its frame header. @throws Error when there is none. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  for (let at = 2; at + 9 < bytes.length;) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (isFrameHeader(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), orientation };
    }
    if (marker >> 8 !== 0xff || length < 2) break;
    if (marker === 0xffe1) {
      orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    }
    at += 2 + length;
  }
  throw new Error('it has no frame header; the file is damaged');
}

/**
 * Decodes a JPEG (baseline or progressive; grey, YCbCr or CMYK) to 8-bit RGBA, turned upright as its EXIF
 * orientation says. @throws Error that says what is wrong with the file.
 */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const { orientation } = readJpegHeader(bytes);
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    maxResolutionInMP: 64,
    maxMemoryUsageInMB: 4096,
    tolerantDecoding: false,
  });
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
  return turnPicture({ width, height, data: pixels }, orientation);
}

/** SOF0..SOF15 without DHT, JPG and DAC, which share the range. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
}

/** Tag 0x0112 of the first image directory; undefined when it is not an EXIF segment or out of bounds. */
function exifOrientation(segment: Uint8Array): number | undefined {
  if (String.fromCharCode(...segment.subarray(0, 6)) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(6);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return undefined;
  const isLittle = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > view.byteLength) return undefined;
  const count = view.getUint16(directory, isLittle);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.byteLength) return undefined;
    if (view.getUint16(entry, isLittle) === 0x0112) {
      const value = view.getUint16(entry + 8, isLittle);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  }
  return undefined;
}
