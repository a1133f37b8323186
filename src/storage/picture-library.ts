import { AppError } from '../core/errors.js';
import type { Picture } from '../core/node/definition.js';
import { decodePicture } from './decode-picture.js';
import { getPicture, hashBytes, listPictures, putPicture } from './pictures.js';
import { encodePng } from './png-picture.js';

interface PictureFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: string;
}

/** The pictures a run can load: those kept in the browser, then the samples that come with the project. */
export interface PictureLibrary {
  /** Names of all pictures: the kept ones, the newest first, then the samples. */
  list(): Promise<readonly string[]>;
  /** SHA-256 of a picture's file. @throws AppError `picture/missing`. */
  fingerprint(name: string): Promise<string>;
  /** Decoded 8-bit RGBA. @throws AppError `picture/missing`, `picture/unreadable`. */
  read(name: string): Promise<Picture>;
  /** Keeps a picture as PNG; gives the name it got. @throws AppError `storage/quota`, `storage/failed`. */
  write(name: string, picture: Picture): Promise<string>;
}

/**
 * Opens the library; `samplesUrl` is the address of the folder of samples, with a slash at its end. `sign` may write
 * into the PNG of a picture that a run keeps what made it.
 */
export function openPictureLibrary(
  samplesUrl: string,
  sign: (png: Uint8Array) => Promise<Uint8Array> = (png) => Promise.resolve(png),
): PictureLibrary {
  const samples = new Map<string, Promise<PictureFile>>();
  const find = async (name: string): Promise<PictureFile> => {
    const stored = await getPicture(name);
    if (stored !== undefined) return stored;
    const sample = samples.get(name) ?? fetchSample(name, samplesUrl);
    samples.set(name, sample);
    // A failed download must not be remembered.
    sample.catch(() => samples.delete(name));
    return sample;
  };
  return {
    async list() {
      const [stored, named] = await Promise.all([listPictures(), sampleNames(samplesUrl)]);
      return [...new Set([...stored.map(({ name }) => name), ...named])];
    },
    fingerprint: async (name) => (await find(name)).hash,
    read: async (name) => decodePicture(name, (await find(name)).bytes),
    async write(name, picture) {
      const png = Uint8Array.from(await sign(encodePng(picture)));
      return putPicture(/\.png$/i.test(name) ? name : `${name}.png`, png, 'image/png');
    },
  };
}

async function fetchSample(name: string, samplesUrl: string): Promise<PictureFile> {
  if (name === '') throw new AppError({ code: 'picture/missing', name });
  const response = await fetch(new URL(encodeURIComponent(name), samplesUrl)).catch(
    (cause: unknown) => {
      const reason = 'the server could not be reached';
      throw new AppError({ code: 'picture/unreadable', name, reason }, { cause });
    },
  );
  // Some servers answer an unknown address with their start page.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
  if (!response.ok || isPage) throw new AppError({ code: 'picture/missing', name });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, hash: await hashBytes(bytes) };
}

/** The samples are listed by the file that holds their captions. */
async function sampleNames(samplesUrl: string): Promise<readonly string[]> {
  const response = await fetch(new URL('captions.json', samplesUrl)).catch(() => undefined);
  if (response?.ok !== true) return [];
  const listed: unknown = await response.json().catch(() => undefined);
  const isListing = typeof listed === 'object' && listed !== null && 'captions' in listed;
  const captions: unknown = isListing ? listed.captions : undefined;
  return typeof captions === 'object' && captions !== null
    ? Object.keys(captions).map((name) => `${name}.png`)
    : [];
}
