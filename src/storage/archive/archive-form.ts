import type { ArchivedRecords } from './archived-records.js';

/** The list of contents, the last file of an archive. */
export const contentsName = 'crossweave.json';

/** What an archive says of itself, and the outlines of its records. */
export interface ArchiveContents {
  readonly format: 'crossweave-archive';
  readonly version: 1;
  /** What wrote it. */
  readonly release: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** SHA-256 of each file, in hex, by its place. */
  readonly files: Readonly<Record<string, string>>;
  readonly records: ArchivedRecords;
}

/** The page's policy lets no thread come from a blob, and the work is small. */
export const withoutThreads = { useWebWorkers: false } as const;
