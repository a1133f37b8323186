import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from './command.js';

/**
 * Writes a file into a folder, which is made if it is not there; returns its path. What lay there under the name is
 * replaced, never written through: a link to elsewhere becomes a file of the folder.
 * @throws UsageError with a sentence, when the name is not of a file in the folder itself or the folder cannot be written.
 */
export async function writeInside(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  if (name !== basename(name) || /^\.{0,2}$|[\\/\0]/.test(name)) {
    throw new UsageError(`“${name}” is not a name of a file in the folder for results.`);
  }
  const path = join(folder, name);
  const part = join(folder, `.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(part, content, { flag: 'wx' });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(`${path} cannot be written (${code}): choose another folder for --out.`, {
      cause,
    });
  }
  return path;
}
