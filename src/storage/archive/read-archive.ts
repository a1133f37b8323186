import {
  BlobReader,
  BlobWriter,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { AppError } from '../../core/errors.js';
import { isObject } from '../fields-like.js';
import { hashBytes } from '../pictures.js';
import {
  archivedDatabases,
  noRecords,
  type ArchivedDatabase,
  type ArchivedRecords,
  type RecordKey,
  type RecordLines,
} from './archived-records.js';
import { contentsName, withoutThreads } from './archive-form.js';
import { recordOf, type ReadFile } from './record-files.js';

/** What was found in an archive. */
export interface ReadArchive {
  readonly records: ArchivedRecords;
  /** Places of the files that are damaged or missing; the records they belong to are left out. */
  readonly damaged: readonly string[];
}

/** What an archive may hold; beyond, a file is not one that the program wrote. */
const limits = { files: 100_000, fileBytes: 512 * 2 ** 20, allBytes: 4 * 2 ** 30 };

/**
 * Reads a zip file that `writeArchive` wrote and checks every part of it against its hash.
 * @throws AppError `archive/unreadable` when it is no such file, or from a later version.
 */
export async function readArchive(file: Blob): Promise<ReadArchive> {
  const zip = new ZipReader(new BlobReader(file), { ...withoutThreads, checkSignature: true });
  try {
    const entries = await entriesOf(zip);
    const contents = await contentsOf(entries);
    const damaged = new Set<string>();
    const read: ReadFile = async (path) => {
      const entry = entries.get(path);
      try {
        if (!entry) throw new Error(`There is no ${path}.`);
        const blob = await entry.getData(new BlobWriter());
        const hash = await hashBytes(new Uint8Array(await blob.arrayBuffer()));
        if (hash !== contents.files[path]) throw new Error(`${path} has other bytes.`);
        return blob;
      } catch (error) {
        damaged.add(path);
        throw error;
      }
    };
    const records: Record<ArchivedDatabase, RecordLines> = { ...noRecords };
    for (const name of archivedDatabases) {
      records[name] = await recordsOf(contents.records[name], read);
    }
    return { records, damaged: [...damaged] };
  } finally {
    await zip.close();
  }
}

async function entriesOf(zip: ZipReader<Blob>): Promise<ReadonlyMap<string, FileEntry>> {
  const found = new Map<string, FileEntry>();
  let bytes = 0;
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.directory) continue;
      bytes += entry.uncompressedSize;
      const isTooMuch = entry.uncompressedSize > limits.fileBytes || bytes > limits.allBytes;
      if (isTooMuch || found.size >= limits.files) throw unreadable('it holds far too much');
      found.set(entry.filename, entry);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable('it is not a zip file, or it was cut off', error);
  }
  return found;
}

interface Contents {
  readonly files: Readonly<Record<string, unknown>>;
  readonly records: Readonly<Record<string, unknown>>;
}

async function contentsOf(entries: ReadonlyMap<string, FileEntry>): Promise<Contents> {
  const entry = entries.get(contentsName);
  if (!entry) throw unreadable(`it holds no ${contentsName}: another program made it`);
  let contents: unknown;
  try {
    contents = JSON.parse(await (await entry.getData(new BlobWriter())).text());
  } catch (error) {
    throw unreadable(`its ${contentsName} is damaged`, error);
  }
  if (!isObject(contents) || contents['format'] !== 'crossweave-archive') {
    throw unreadable(`its ${contentsName} is that of another program`);
  }
  const { version, files, records } = contents;
  if (version !== 1) throw unreadable('a later version of Crossweave wrote it');
  if (!isObject(files) || !isObject(records)) throw unreadable(`its ${contentsName} is damaged`);
  return { files, records };
}

/** The records that are whole, with those of a kind that no version writes left out. */
async function recordsOf(lines: unknown, read: ReadFile): Promise<RecordLines> {
  const found: (readonly [RecordKey, unknown])[] = [];
  for (const line of Array.isArray(lines) ? (lines as readonly unknown[]) : []) {
    if (!Array.isArray(line)) continue;
    const [key, outline] = line as readonly unknown[];
    if (typeof key !== 'string' && typeof key !== 'number') continue;
    try {
      found.push([key, await recordOf(outline, read)]);
    } catch {
      // `read` has noted which file is damaged; the other records are whole.
    }
  }
  return found;
}

function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError({ code: 'archive/unreadable', reason }, { cause });
}
