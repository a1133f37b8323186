import type { Picture } from '../../../src/core/node/definition.js';
import { AppError } from '../../../src/core/errors.js';
import { decodeJpeg, readJpegHeader } from './jpeg-picture.js';
import { decodePng } from '../../../src/storage/png-picture.js';

const LARGEST_MEGAPIXELS = 64;

/**
 * Decodes the bytes of a PNG or JPEG file to 8-bit RGBA. @throws AppError `picture/unreadable` when it is
 * neither, is damaged, has no pixels, or has more than 64 million of them.
 */
export function decodePicture(name: string, bytes: Uint8Array): Picture {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new AppError({ code: 'picture/unreadable', name, reason }, { cause });
  };
  const isPng = startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const isJpeg = startsWith(bytes, [0xff, 0xd8, 0xff]);
  if (bytes.length === 0) return refuse('the file is empty');
  if (!isPng && !isJpeg) return refuse('it is neither a PNG nor a JPEG picture');
  try {
    const { width, height } = isPng ? readPngSize(bytes) : readJpegHeader(bytes);
    if (width === 0 || height === 0) return refuse(`its size is ${sizeText(width, height)} pixels`);
    if (width * height > LARGEST_MEGAPIXELS * 1e6) {
      return refuse(
        `it has ${sizeText(width, height)} pixels; up to ${String(LARGEST_MEGAPIXELS)} million are read`,
      );
    }
    return isPng ? decodePng(bytes) : decodeJpeg(bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    return refuse(error instanceof Error ? error.message : String(error), error);
  }
}

function readPngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  if (bytes.length < 33) throw new Error('the file ends within its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

function sizeText(width: number, height: number): string {
  return `${String(width)} x ${String(height)}`;
}
