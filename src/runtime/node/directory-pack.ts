import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { ByteSource } from '../byte-source.js';
import { filesPack, type PackReader } from '../pack-reader.js';

/** A pack in a folder on disk. */
export function directoryPack(directory: string): PackReader {
  return {
    name: basename(directory),
    async open(path) {
      const file = join(directory, path);
      try {
        const found = await stat(file);
        return found.isFile() ? fileSource(path, file, found.size) : undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    list: async () => {
      const entries = await readdir(directory, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) =>
          relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'),
        );
    },
  };
}

/** What lies at a path as a pack: a folder, or one file. @throws the system's error when nothing is there. */
export async function packAt(path: string): Promise<PackReader> {
  const file = resolve(path);
  const found = await stat(file);
  if (found.isDirectory()) return directoryPack(file);
  return filesPack(basename(file), [fileSource(basename(file), file, found.size)]);
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function fileSource(name: string, file: string, size: number): ByteSource {
  return {
    name,
    size,
    path: resolve(file),
    async read(offset, length) {
      const handle = await open(file, 'r');
      try {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        let done = 0;
        while (done < bytes.byteLength) {
          const { bytesRead } = await handle.read(
            bytes,
            done,
            bytes.byteLength - done,
            offset + done,
          );
          if (bytesRead === 0) return bytes.subarray(0, done);
          done += bytesRead;
        }
        return bytes;
      } finally {
        await handle.close();
      }
    },
  };
}
