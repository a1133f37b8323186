import type { ErrorDetails } from '../../core/errors.js';

/** What a stored file is for; the words of the library of the run thread. */
export type StoredKind = 'checkpoint' | 'lora' | 'vae' | 'embedding';

/** How a server told one version of a file from another, where it did. */
export interface FileVersion {
  readonly etag?: string;
  readonly modified?: string;
}

/** What lies in the browser's storage of a file: whole parts with their SHA-256, and the beginning of one more. */
export interface FileProgress {
  readonly parts: readonly string[];
  readonly tailBytes: number;
}

/** One file of a model, by its path in the model. */
export interface ModelFile extends FileProgress {
  readonly path: string;
  readonly size: number;
  /** Where the rest of it comes from, while something is missing. */
  readonly url?: string;
  readonly version?: FileVersion;
  /** The server sends it from the beginning only: what was broken off begins anew. */
  readonly comesWhole?: true;
  /** When the file on the user's disk was last changed, in milliseconds since 1970, when its weights were looked at. */
  readonly modifiedAt?: number;
  /** Changes with the bytes; there once every weight was looked at. */
  readonly contentKey?: string;
}

/** What is told of a model in a list. */
export interface ModelWords {
  /** Its family, such as `sd1`, `vae` or `lora`. */
  readonly family: string;
  readonly layout: string;
  readonly dtypes: readonly string[];
  /** Networks that a checkpoint has not, by name. */
  readonly missing: readonly string[];
  /** Bytes that its weights take when they are loaded; undefined where that depends on another model. */
  readonly memoryBytes?: number;
  /** What else a user should know, in sentences. */
  readonly notes: readonly string[];
}

/** A model of the user: stored here in parts, or on the user's disk and read there. */
export interface ModelRecord {
  readonly id: string;
  /** The name in the lists of nodes; no two of a kind have the same. */
  readonly name: string;
  readonly kind: StoredKind;
  /** Where it came from, to be shown: an address without its query, or the name of a file or folder. */
  readonly origin: string;
  readonly isFromDisk: boolean;
  readonly files: readonly ModelFile[];
  /** Only what is `ready` is a model to anyone else: complete, and every weight looked at. */
  readonly state: 'partial' | 'ready' | 'failed';
  readonly failure?: ErrorDetails;
  readonly words: ModelWords;
  /** The file or folder on the user's disk, when it is read there. */
  readonly handle?: FileSystemFileHandle | FileSystemDirectoryHandle;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}

/** Bytes of a part; SHA-256 is taken of a whole part at once, so a part must fit into memory. */
export const PART_BYTES = 64 * 2 ** 20;

/** How many bytes of a file are there. */
export function savedBytes({ parts, tailBytes, size }: ModelFile): number {
  return Math.min(size, parts.length * PART_BYTES + tailBytes);
}

/** Bytes of all files of a model. */
export function modelBytes({ files }: ModelRecord): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
