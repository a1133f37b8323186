import { entries } from 'idb-keyval';
import { database, guarded } from '../database.js';

/** The key of a record; keys of other kinds are not used by any version. */
export type RecordKey = string | number;

/** Keys of records, and the values as they are stored. */
export type RecordLines = readonly (readonly [key: RecordKey, value: unknown])[];

const none: RecordLines = [];

/**
 * No records of the databases that an archive holds: all that the user made. Models are not among them; they are fetched
 * again.
 */
export const noRecords = {
  graphs: none,
  'graph-list': none,
  'graph-versions': none,
  'version-lists': none,
  'version-pictures': none,
  pictures: none,
  'picture-bytes': none,
  'published-subgraphs': none,
  schedules: none,
  settings: none,
  journal: none,
} as const;

/** A database that an archive holds. */
export type ArchivedDatabase = keyof typeof noRecords;

/** The databases that an archive holds. */
export const archivedDatabases = Object.keys(noRecords) as readonly ArchivedDatabase[];

/** Records of all archived databases. */
export type ArchivedRecords = Readonly<Record<ArchivedDatabase, RecordLines>>;

/** All records as they are stored, those that this version cannot read included. @throws AppError `storage/failed`. */
export async function readRecords(): Promise<ArchivedRecords> {
  const read = archivedDatabases.map(
    async (name) =>
      [name, await guarded(() => entries<RecordKey, unknown>(database(name)))] as const,
  );
  return { ...noRecords, ...Object.fromEntries(await Promise.all(read)) };
}
