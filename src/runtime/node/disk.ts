import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Disk } from '../ort-runner.js';

/**
 * The disk below `/`. Weights that lie in files are mapped from there; computed ones are written to the system's folder for
 * temporary files, mapped, and removed at once: the mapping outlives its name.
 */
export function createDisk(): Disk {
  const folder = join(tmpdir(), `crossweave-${randomUUID()}`);
  return {
    folder: folder.replace(/^\//, ''),
    async write(files) {
      const written: string[] = [];
      const remove = async (): Promise<void> => {
        for (const path of written) await rm(dirname(path), { recursive: true, force: true });
        await rmdir(folder).catch(ignoreOthers);
      };
      try {
        for (const file of files) {
          const path = `/${file.name}`;
          if (!path.startsWith(`${folder}/`)) throw new Error(`${path} is not in ${folder}.`);
          written.push(path);
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, await file.read(0, file.size));
        }
      } catch (error) {
        await remove();
        throw error;
      }
      return remove;
    },
  };
}

/** The folder stays while another session is being made from it, and is not there when nothing was written. */
function ignoreOthers(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOTEMPTY' && code !== 'ENOENT' && code !== 'EEXIST') throw error;
}
