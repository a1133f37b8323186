import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentPolicy } from '../../src/service-worker/isolation-headers.js';

/**
 * Writes the policy into the head of the built page, where it holds on servers that send no headers. Framing is left
 * out: a browser heeds that in a header alone. @throws when the page has no head to write it into.
 */
export async function writePolicy(folder: string): Promise<void> {
  const file = join(folder, 'index.html');
  const page = await readFile(file, 'utf8');
  const first = '<meta charset="utf-8" />\n';
  if (!page.includes(first)) throw new Error(`${file} does not begin as it should.`);
  const policy = contentPolicy.replace("; frame-ancestors 'none'", '');
  const meta = `    <meta http-equiv="Content-Security-Policy" content="${policy}" />\n`;
  await writeFile(file, page.replace(first, first + meta));
}
