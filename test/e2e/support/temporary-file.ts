import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes a text into a file in a new folder of its own; gives the file's path. */
export async function temporaryFile(text: string, name = 'graph.json'): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'crossweave-e2e-')), name);
  await writeFile(file, text);
  return file;
}
