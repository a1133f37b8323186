import type { Picture } from '../core/node/definition.js';

/** Turns pictures into bitmaps that a canvas draws fast; each picture once. */
export interface BitmapCache {
  /** The bitmap when it is ready; else it is made and `ready` is called later. */
  of(picture: Picture): ImageBitmap | undefined;
  /** Lets go of bitmaps that were not asked for since the last sweep. */
  sweep(): void;
}

/** Makes a cache of bitmaps, at most `side` pixels wide and high. */
export function createBitmapCache(ready: () => void, side = 768): BitmapCache {
  const made = new Map<Picture, { bitmap: ImageBitmap | undefined; isUsed: boolean }>();
  const make = async (picture: Picture): Promise<void> => {
    const { width, height, data } = picture;
    const scale = Math.min(1, side / Math.max(width, height));
    const pixels = new ImageData(new Uint8ClampedArray(data), width, height);
    const bitmap = await createImageBitmap(pixels, {
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
      resizeQuality: 'high',
    });
    const entry = made.get(picture);
    if (entry) entry.bitmap = bitmap;
    else bitmap.close();
    ready();
  };
  return {
    of(picture) {
      const entry = made.get(picture);
      if (entry) {
        entry.isUsed = true;
        return entry.bitmap;
      }
      made.set(picture, { bitmap: undefined, isUsed: true });
      void make(picture);
      return undefined;
    },
    sweep() {
      for (const [picture, entry] of made) {
        if (!entry.isUsed && entry.bitmap) {
          entry.bitmap.close();
          made.delete(picture);
        }
        entry.isUsed = false;
      }
    },
  };
}
