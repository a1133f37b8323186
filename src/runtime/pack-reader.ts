import { AppError } from '../core/errors.js';
import { blobSource, type ByteSource } from './byte-source.js';

/** A model as a set of files, wherever they lie: a folder in the layout of diffusers, or one file with all weights. */
export interface PackReader {
  /** The pack's name, as the user chose it. */
  readonly name: string;
  /** A file by its path in the pack, such as `unet/config.json`; undefined when there is none. */
  open(path: string): Promise<ByteSource | undefined>;
  /** Bytes of a file without opening it, where the place can tell. */
  size?(path: string): Promise<number | undefined>;
  /** Paths of all files, where the place can tell; a server cannot. */
  list?(): Promise<readonly string[]>;
}

/** Files at hand as a pack; each is opened by its own name. */
export function filesPack(name: string, files: readonly ByteSource[]): PackReader {
  return {
    name,
    open: (path) => Promise.resolve(files.find((file) => file.name === path)),
    list: () => Promise.resolve(files.map((file) => file.name)),
  };
}

/** The same pack, each file opened once: what is known of a file is known of it the next time. */
export function rememberFiles(pack: PackReader): PackReader {
  const files = new Map<string, Promise<ByteSource | undefined>>();
  return {
    ...pack,
    open(path) {
      const file = files.get(path) ?? pack.open(path);
      files.set(path, file);
      file.catch(() => files.delete(path));
      return file;
    },
  };
}

/** A pack served over HTTP; files are fetched whole. Throws AppError `model/download-failed`. */
export function httpPack(name: string, baseUrl: string, signal?: AbortSignal): PackReader {
  const addressOf = (path: string): string => `${baseUrl.replace(/\/$/, '')}/${path}`;
  return {
    name,
    async size(path) {
      const { ok, headers } = await fetch(addressOf(path), { method: 'HEAD' });
      const length = Number(headers.get('content-length') ?? NaN);
      return ok && Number.isSafeInteger(length) ? length : undefined;
    },
    async open(path) {
      const url = addressOf(path);
      try {
        const response = await fetch(url, signal === undefined ? {} : { signal });
        if (response.status === 404) return undefined;
        if (!response.ok) throw new Error(`The server answered ${String(response.status)}.`);
        return blobSource(path, await response.blob());
      } catch (cause) {
        signal?.throwIfAborted();
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new AppError({ code: 'model/download-failed', url, reason }, { cause });
      }
    },
  };
}

const MAX_JSON_BYTES = 64_000_000;

/** A JSON file of a pack. @throws AppError `model/invalid` when it is no JSON, `model/missing` when it is not there. */
export async function readPackJson(pack: PackReader, path: string): Promise<unknown> {
  const json = await findPackJson(pack, path);
  if (json === undefined) throw missing(pack, path);
  return json;
}

/** A JSON file of a pack, or undefined when it is not there. @throws AppError `model/invalid`. */
export async function findPackJson(pack: PackReader, path: string): Promise<unknown> {
  const text = await findPackText(pack, path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError(
      { code: 'model/invalid', file: path, reason: 'The file is not JSON.' },
      { cause },
    );
  }
}

/** A text file of a pack, or undefined when it is not there. @throws AppError `model/invalid` when it is huge. */
export async function findPackText(pack: PackReader, path: string): Promise<string | undefined> {
  const source = await pack.open(path);
  if (source === undefined) return undefined;
  if (source.size > MAX_JSON_BYTES) {
    const reason = `The file has ${String(source.size)} bytes; at most ${String(MAX_JSON_BYTES)} are read.`;
    throw new AppError({ code: 'model/invalid', file: path, reason });
  }
  return new TextDecoder().decode(await source.read(0, source.size));
}

function missing(pack: PackReader, path: string): AppError {
  return new AppError({
    code: 'model/missing',
    name: pack.name,
    reason: `The pack has no file ${path}; it must be a folder in the layout of diffusers with safetensors weights.`,
  });
}
