import { getPicture } from '../storage/pictures.js';

/** Bitmaps of pictures by name: the user's, or the samples that come with the project. */
export interface NamedPictures {
  /** The bitmap when it is ready; undefined while it loads, and when there is no such picture. */
  of(name: string): ImageBitmap | undefined;
  /** Looks again when asked for a name next time. */
  forget(name: string): void;
}

/** Makes the lookup; `ready` is called when a picture has been loaded, `failed` when one cannot be decoded. */
export function createNamedPictures(
  ready: () => void,
  failed: (name: string, reason: string) => void,
): NamedPictures {
  const known = new Map<string, ImageBitmap | undefined>();
  const load = async (name: string): Promise<void> => {
    try {
      const bitmap = await loadNamedPicture(name);
      if (!bitmap || !known.has(name)) return;
      known.set(name, bitmap);
      ready();
    } catch (error) {
      failed(name, error instanceof Error ? error.message : String(error));
    }
  };
  return {
    of(name) {
      if (!known.has(name)) {
        known.set(name, undefined);
        void load(name);
      }
      return known.get(name);
    },
    forget(name) {
      known.get(name)?.close();
      known.delete(name);
    },
  };
}

async function loadNamedPicture(name: string): Promise<ImageBitmap | undefined> {
  const blob = await readNamedPicture(name);
  return blob && createImageBitmap(blob);
}

/** The file of a picture by name: stored by the user, else a sample; undefined when there is neither. */
export async function readNamedPicture(name: string): Promise<Blob | undefined> {
  const stored = await getPicture(name);
  if (stored) return new Blob([stored.bytes], { type: stored.type });
  if (name === '') return undefined;
  const response = await fetch(`samples/${encodeURIComponent(name)}`);
  const type = response.headers.get('content-type') ?? '';
  return response.ok && type.startsWith('image/') ? response.blob() : undefined;
}
