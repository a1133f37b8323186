import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { isObject } from '../fields-like.js';
import { hashBytes } from '../pictures.js';
import { archivedDatabases, noRecords, type ArchivedRecords } from './archived-records.js';
import { contentsName, withoutThreads, type ArchiveContents } from './archive-form.js';
import { outlineOf } from './record-files.js';

/**
 * Everything that is stored as one zip file: graphs, their versions, pictures, published subgraphs, schedules,
 * settings and runs, each as a file that other programs open, and a list of contents with the rest.
 * @param release what wrote it, such as `0.2.0`.
 */
export async function writeArchive(
  records: ArchivedRecords,
  release: string,
  madeAt: Date,
): Promise<Blob> {
  const kept = new Map<string, Blob>();
  const names = pictureNames(records);
  const outlines = archivedDatabases.map((name) => {
    const lines = records[name].map(([key, value]) => {
      const alias = name === 'picture-bytes' ? names.get(key) : undefined;
      const where = { name, key, ...(alias === undefined ? {} : { alias }) };
      return [key, outlineOf(where, value, (wish, content) => keep(kept, wish, content))] as const;
    });
    return [name, lines] as const;
  });
  const zip = new ZipWriter(new BlobWriter('application/zip'), {
    ...withoutThreads,
    lastModDate: madeAt,
  });
  const files: Record<string, string> = {};
  for (const [path, content] of kept) {
    files[path] = await hashBytes(new Uint8Array(await content.arrayBuffer()));
    // Pictures are packed already.
    await zip.add(path, new BlobReader(content), { level: path.endsWith('.json') ? 6 : 0 });
  }
  const contents: ArchiveContents = {
    format: 'crossweave-archive',
    version: 1,
    release,
    madeAt: madeAt.toISOString(),
    files,
    records: { ...noRecords, ...Object.fromEntries(outlines) },
  };
  const text = JSON.stringify(contents, undefined, 1);
  await zip.add(contentsName, new BlobReader(new Blob([text])));
  return zip.close();
}

/** The first name of each picture, by the hash of its bytes. */
function pictureNames({ pictures }: ArchivedRecords): ReadonlyMap<unknown, string> {
  return new Map(
    [...pictures]
      .reverse()
      .flatMap(([name, record]) => (isObject(record) ? [[record['hash'], String(name)]] : [])),
  );
}

/** Keeps a file under the name that was wished, in letters that every system takes, or one with a number. */
function keep(kept: Map<string, Blob>, wish: string, content: Blob): string {
  const parts = wish.split('/');
  const folder = parts[0] ?? '';
  const name = parts
    .slice(1)
    .join('-')
    .replaceAll(/[^\p{L}\p{N} ._()-]+/gu, '-');
  const plain = name.replace(/^\.+/, '').slice(-120) || 'file';
  for (let count = 1; ; count++) {
    const path = count === 1 ? `${folder}/${plain}` : `${folder}/${String(count)}-${plain}`;
    if (kept.has(path)) continue;
    kept.set(path, content);
    return path;
  }
}
