import { AppError } from '../core/errors.js';
import type { Picture } from '../core/node/definition.js';
import { decodePng } from './png-picture.js';

/** The most pixels that are read, in millions. */
const LARGEST_MEGAPIXELS = 64;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Decodes a picture file to 8-bit RGBA, turned upright: PNG to its exact values (16 bits, alpha and palettes included),
 * anything else as the browser does. @throws AppError `picture/unreadable` with the reason in words.
 */
export async function decodePicture(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Picture> {
  try {
    if (bytes.length === 0) throw new Error('the file is empty');
    if (!PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) return await decodeByBrowser(bytes);
    checkSize(pngSize(bytes));
    return decodePng(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError({ code: 'picture/unreadable', name, reason }, { cause });
  }
}

async function decodeByBrowser(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([bytes]), {
    imageOrientation: 'from-image',
  }).catch((cause: unknown) => {
    throw new Error('it is no picture that this browser can read; use PNG, JPEG or WebP', {
      cause,
    });
  });
  try {
    checkSize(bitmap);
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('the browser gave no canvas to decode it on');
    context.drawImage(bitmap, 0, 0);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}

function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  if (bytes.length < 33) throw new Error('the file ends within its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function checkSize({ width, height }: { readonly width: number; readonly height: number }): void {
  const size = `${String(width)} x ${String(height)} pixels`;
  if (width === 0 || height === 0) throw new Error(`its size is ${size}`);
  if (width * height > LARGEST_MEGAPIXELS * 1e6) {
    throw new Error(`it has ${size}; up to ${String(LARGEST_MEGAPIXELS)} million are read`);
  }
}
