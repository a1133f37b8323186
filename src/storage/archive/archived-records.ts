import { entries } from 'idb-keyval';
import { database, guarded } from '../database.js';

/** The databases that an archive holds: all that the user made. Models are not among them; they are fetched again. */
export const archivedDatabases = [
  'graphs',
  'graph-list',
  'graph-versions',
  'version-lists',
  'version-pictures',
  'pictures',
  'picture-bytes',
  'published-subgraphs',
  'schedules',
  'settings',
  'journal',
] as const;

/** A database that an archive holds. */
export type ArchivedDatabase = (typeof archivedDatabases)[number];

/** The key of a record; keys of other kinds are not used by any version. */
export type RecordKey = string | number;

/** Records of all archived databases: their keys, and the values as they are stored. */
export type ArchivedRecords = Readonly<
  Record<ArchivedDatabase, readonly (readonly [key: RecordKey, value: unknown])[]>
>;

/** No records. */
export const noRecords: ArchivedRecords = {
  graphs: [],
  'graph-list': [],
  'graph-versions': [],
  'version-lists': [],
  'version-pictures': [],
  pictures: [],
  'picture-bytes': [],
  'published-subgraphs': [],
  schedules: [],
  settings: [],
  journal: [],
};

/** All records as they are stored, those that this version cannot read included. @throws AppError `storage/failed`. */
export async function readRecords(): Promise<ArchivedRecords> {
  const read = archivedDatabases.map(
    async (name) =>
      [name, await guarded(() => entries<RecordKey, unknown>(database(name)))] as const,
  );
  return { ...noRecords, ...Object.fromEntries(await Promise.all(read)) };
}
