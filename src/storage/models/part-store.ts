import { type FileProgress, PART_BYTES } from './model-record.js';

/** A part that is being written; all writes go to its end. */
export interface PartWriter {
  write(bytes: Uint8Array, at: number): void;
  /** Puts on disk what was written. */
  flush(): void;
  close(): void;
}

/** The parts of one file. */
export interface PartStore {
  /** Opens a part for writing, cut or made to have `length` bytes. */
  open(part: number, length: number): Promise<PartWriter>;
  read(part: number): Promise<File>;
  remove(part: number): Promise<void>;
}

/** What workers alone have of a file, and the types of a page do not know. */
interface SyncAccessFile {
  createSyncAccessHandle(): Promise<{
    write(bytes: Uint8Array, options: { readonly at: number }): number;
    truncate(length: number): void;
    flush(): void;
    close(): void;
  }>;
}

/** The parts of the file number `file` of a model, in the browser's private file system; for a worker alone. */
export function opfsParts(model: string, file: number): PartStore {
  const nameOf = (part: number): string => `${String(file)}-${String(part)}`;
  return {
    async open(part, length) {
      const folder = await modelFolder(model, true);
      const handle = await folder.getFileHandle(nameOf(part), { create: true });
      const access = await (handle as unknown as SyncAccessFile).createSyncAccessHandle();
      access.truncate(length);
      return {
        write(bytes, at) {
          const count = access.write(bytes, { at });
          if (count === bytes.byteLength) return;
          throw new DOMException('The disk took only part of the bytes.', 'QuotaExceededError');
        },
        flush: () => {
          access.flush();
        },
        close: () => {
          access.close();
        },
      };
    },
    async read(part) {
      const folder = await modelFolder(model, false);
      return (await folder.getFileHandle(nameOf(part))).getFile();
    },
    async remove(part) {
      const folder = await modelFolder(model, true);
      await folder.removeEntry(nameOf(part)).catch(ignoreMissing);
    },
  };
}

/** Whether everything that was noted of a file is there: browsers may clear what they stored. */
export async function arePartsThere(
  model: string,
  index: number,
  file: FileProgress & { readonly size: number },
): Promise<boolean> {
  const store = opfsParts(model, index);
  const lengths = file.parts.map((_hash, part) =>
    Math.min(PART_BYTES, file.size - part * PART_BYTES),
  );
  if (file.tailBytes > 0) lengths.push(file.tailBytes);
  for (const [part, length] of lengths.entries()) {
    const stored = await store.read(part).catch((error: unknown) => {
      ignoreMissing(error);
    });
    if (!stored || stored.size < length) return false;
  }
  return true;
}

/** Removes all parts of a model. */
export async function removeParts(model: string): Promise<void> {
  const models = await modelsFolder(true);
  await models.removeEntry(model, { recursive: true }).catch(ignoreMissing);
}

async function modelsFolder(create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('models', { create });
}

async function modelFolder(model: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  return (await modelsFolder(create)).getDirectoryHandle(model, { create });
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
}
