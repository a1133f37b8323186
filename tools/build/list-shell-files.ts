import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const WORKER = 'service-worker.js';

/**
 * Writes before the service worker's script which files the build has, by path and hash of their content: so the script is
 * another one whenever any of them is. Source maps are not for users.
 */
export async function listShellFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== WORKER && !/\.map$|\.md$/.test(path))
    .sort();
  const files: Record<string, string> = {};
  for (const path of paths) files[path] = hash(await readFile(join(folder, path)));
  const shell = { version: hash(JSON.stringify(files)), files };
  const script = await readFile(join(folder, WORKER), 'utf8');
  await writeFile(join(folder, WORKER), `self.SHELL=${JSON.stringify(shell)};\n${script}`);
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
