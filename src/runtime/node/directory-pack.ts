import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ByteSource } from '../byte-source.js';
import type { PackReader } from '../pack-reader.js';

/** A pack in a folder on disk. */
export function directoryPack(directory: string): PackReader {
  return {
    name: basename(directory),
    async open(path) {
      const file = join(directory, path);
      try {
        const { size } = await stat(file);
        return fileSource(path, file, size);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function fileSource(name: string, file: string, size: number): ByteSource {
  return {
    name,
    size,
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
