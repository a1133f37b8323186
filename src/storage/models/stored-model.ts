import { AppError } from '../../core/errors.js';
import { type ModelFile, type ModelRecord, PART_BYTES, savedBytes } from './model-record.js';
import { opfsParts } from './part-store.js';

/** A file of a model as bytes that are read from disk when they are wanted. */
export interface StoredFile {
  readonly blob: Blob;
  /** There while the bytes are those whose weights were looked at. */
  readonly contentKey?: string;
}

/**
 * A file of a model by its path, wherever it lies; undefined when the model has none. The Blob stands on the parts' files:
 * nothing is read before it is sliced.
 * @throws AppError `model/missing` when the file is gone or may not be read without asking the user.
 */
export async function openStoredFile(
  record: ModelRecord,
  path: string,
): Promise<StoredFile | undefined> {
  const index = record.files.findIndex((file) => file.path === path);
  const file = record.files[index];
  if (file === undefined) return undefined;
  try {
    if (record.handle) return keyed(file, await openOnDisk(record.handle, path));
    return {
      ...(file.contentKey !== undefined && { contentKey: file.contentKey }),
      blob: await joined(record.id, index, file),
    };
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    const { name } = record;
    throw new AppError({ code: 'model/missing', name, reason: reasonOf(cause, path) }, { cause });
  }
}

function keyed(file: ModelFile, blob: File): StoredFile {
  const isSame = blob.size === file.size && blob.lastModified === file.modifiedAt;
  return isSame && file.contentKey !== undefined ? { blob, contentKey: file.contentKey } : { blob };
}

async function joined(model: string, index: number, file: ModelFile): Promise<Blob> {
  const store = opfsParts(model, index);
  const count = Math.ceil(file.size / PART_BYTES);
  const parts = await Promise.all(Array.from({ length: count }, (_, part) => store.read(part)));
  const blob = new Blob(parts);
  if (blob.size === file.size && savedBytes(file) === file.size) return blob;
  throw new DOMException('Parts of the file are missing.', 'NotFoundError');
}

/** A file on the user's disk, below a folder or by itself. */
export async function openOnDisk(
  handle: FileSystemFileHandle | FileSystemDirectoryHandle,
  path: string,
): Promise<File> {
  if (handle instanceof FileSystemFileHandle) return handle.getFile();
  const names = path.split('/');
  let folder = handle;
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  return (await folder.getFileHandle(names.at(-1) ?? '')).getFile();
}

function reasonOf({ name }: DOMException, path: string): string {
  if (name === 'NotAllowedError') {
    return 'the browser asks for your leave to read it again; press “Allow reading” in the Models tab';
  }
  return name === 'NotFoundError'
    ? `its file ${path} is not where it was; fetch or add the model again in the Models tab`
    : `its file ${path} cannot be read (${name})`;
}
