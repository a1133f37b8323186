import { AppError } from '../core/errors.js';
import { putPicture } from '../storage/pictures.js';

/** The largest picture that is taken, in pixels and in bytes. */
export const pictureLimits = { pixels: 50e6, bytes: 64e6 } as const;

/**
 * Stores a picture file after making sure that it is one. Resolves to the name it got.
 * @throws AppError `picture/unreadable`, `storage/quota`, `storage/failed`.
 */
export async function takePicture(file: File): Promise<string> {
  const name = plainName(file.name);
  const refuse = (reason: string): never => {
    throw new AppError({ code: 'picture/unreadable', name, reason });
  };
  if (file.size === 0) refuse('the file is empty');
  if (file.size > pictureLimits.bytes) refuse('the file is larger than 64 MB');
  const bitmap = await createImageBitmap(file).catch((error: unknown) =>
    refuse(error instanceof Error ? error.message : 'the browser cannot decode it'),
  );
  const pixels = bitmap.width * bitmap.height;
  bitmap.close();
  if (pixels > pictureLimits.pixels) refuse('it has more than 50 million pixels');
  return putPicture(name, new Uint8Array(await file.arrayBuffer()), file.type || 'image/png');
}

/** A name without folders and control characters. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  return last.replaceAll(/[\u0000-\u001f]/g, '').trim() || 'picture.png';
}
