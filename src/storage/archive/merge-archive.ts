import { get, keys, set, setMany, update } from 'idb-keyval';
import { database, guarded } from '../database.js';
import { isObject } from '../fields-like.js';
import { hashBytes, putPicture } from '../pictures.js';
import type { ArchivedRecords, RecordKey } from './archived-records.js';
import { renameInGraph } from './rename-in-graph.js';

/** What bringing an archive back has done. */
export interface MergeReport {
  /** How many came back of each kind; what was there already does not count. */
  readonly graphs: number;
  readonly versions: number;
  readonly pictures: number;
  readonly subgraphs: number;
  readonly schedules: number;
  readonly runs: number;
  /** Graphs of which another state is stored here: the archive's came back beside it, as copies. */
  readonly copies: number;
  /** Pictures that have another name now, because theirs is another picture's here. */
  readonly renamed: readonly (readonly [from: string, to: string])[];
}

type Lookup = ReadonlyMap<RecordKey, unknown>;

/**
 * Stores what an archive holds and is not stored here. Nothing that is stored is changed: where something else has the
 * name, the archive's gets another one, and its graphs name it so. Settings that were chosen here stay. Doing it
 * twice changes nothing more.
 * @param titleOfCopy the title of a graph that comes back beside another state of it.
 * @throws AppError `storage/quota`, `storage/failed`; what was stored until then stays.
 */
export async function mergeArchive(
  records: ArchivedRecords,
  titleOfCopy: (title: string) => string,
): Promise<MergeReport> {
  return guarded(async () => {
    const pictures = await mergePictures(records);
    const graphs = await mergeGraphs(records, pictures.names, titleOfCopy);
    const subgraphs = await mergeNamed('published-subgraphs', records['published-subgraphs']);
    const schedules = await mergeNamed('schedules', records.schedules);
    await mergeSettings(new Map(records.settings));
    const runs = await mergeRuns(records.journal);
    const renamed = [...pictures.names];
    return { ...graphs, pictures: pictures.count, subgraphs, schedules, runs, renamed };
  });
}

async function mergePictures(records: ArchivedRecords) {
  const bytesOf: Lookup = new Map(records['picture-bytes']);
  const known = new Set(await keys<string>(database('pictures')));
  const names = new Map<string, string>();
  let count = 0;
  for (const [key, record] of records.pictures) {
    const name = String(key);
    const present = await get<unknown>(name, database('pictures'));
    const hash = isObject(record) ? record['hash'] : undefined;
    if (isObject(present) && present['hash'] === hash) continue;
    const bytes = typeof hash === 'string' ? bytesOf.get(hash) : undefined;
    if (!(bytes instanceof Uint8Array)) {
      // A record that this version cannot read is kept for the one that wrote it.
      if (present === undefined && typeof hash !== 'string') {
        await set(name, record, database('pictures'));
      }
      continue;
    }
    const type = isObject(record) && typeof record['type'] === 'string' ? record['type'] : '';
    const got = await putPicture(name, Uint8Array.from(bytes), type);
    count += Number(!known.has(got));
    known.add(got);
    if (got !== name) names.set(name, got);
  }
  return { names, count };
}

async function mergeGraphs(
  records: ArchivedRecords,
  pictures: ReadonlyMap<string, string>,
  titleOfCopy: (title: string) => string,
) {
  const entryOf: Lookup = new Map(records['graph-list']);
  const versionsOf: Lookup = new Map(records['version-lists']);
  const parts = {
    texts: new Map(records['graph-versions']),
    pictures: new Map(records['version-pictures']),
  };
  const report = { graphs: 0, versions: 0, copies: 0 };
  for (const [key, text] of records.graphs) {
    const own = String(key);
    if (isDeleted(entryOf.get(key))) continue;
    const present = await get<unknown>(own, database('graphs'));
    const same = renameInGraph(text, { pictures, title: undefined });
    const isOther = present !== undefined && present !== text && present !== same;
    const id = isOther ? await idOfCopy(own, text) : own;
    if ((await get<unknown>(id, database('graphs'))) === undefined) {
      const title = isOther ? titleOfCopy : undefined;
      await set(id, renameInGraph(text, { pictures, title }), database('graphs'));
      await set(id, entryFor(entryOf.get(key), id, title), database('graph-list'));
      report.graphs += 1;
      report.copies += Number(isOther);
    } else if (isDeleted(await get<unknown>(id, database('graph-list')))) {
      await update<unknown>(
        id,
        (entry) => (isObject(entry) ? { ...entry, deletedAt: undefined } : entry),
        database('graph-list'),
      );
      report.graphs += 1;
    }
    report.versions += await mergeVersions(own, id, versionsOf.get(key), parts);
  }
  return report;
}

function isDeleted(entry: unknown): boolean {
  return isObject(entry) && entry['deletedAt'] !== undefined;
}

/** The same for the same state, so that bringing it back twice makes one copy. */
async function idOfCopy(id: string, text: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(`${id}\n${String(text)}`);
  return `${id.slice(0, 64)}-${(await hashBytes(bytes)).slice(0, 12)}`;
}

function entryFor(entry: unknown, id: string, title?: (title: string) => string): unknown {
  if (!isObject(entry)) return { id };
  const before = entry['title'];
  const named = title && typeof before === 'string' ? { title: title(before) } : {};
  return { ...entry, ...named, id };
}

async function mergeVersions(
  from: string,
  to: string,
  list: unknown,
  { texts, pictures }: { readonly texts: Lookup; readonly pictures: Lookup },
): Promise<number> {
  const stored = await get<unknown>(to, database('version-lists'));
  const before: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const known = new Set(before.map(idIn));
  const added = (Array.isArray(list) ? (list as readonly unknown[]) : []).filter(
    (line) => !known.has(idIn(line)) && texts.has(`${from}/${String(idIn(line))}`),
  );
  if (added.length === 0) return 0;
  await setMany(
    added.map((line): [string, unknown] => {
      const version = String(idIn(line));
      return [`${to}/${version}`, texts.get(`${from}/${version}`)];
    }),
    database('graph-versions'),
  );
  const shown = new Set(added.map((line) => (isObject(line) ? line['picture'] : undefined)));
  await setMany(
    [...shown].flatMap((name): [string, unknown][] => {
      const picture = pictures.get(`${from}/${String(name)}`);
      return picture === undefined ? [] : [[`${to}/${String(name)}`, picture]];
    }),
    database('version-pictures'),
  );
  const all = [...before, ...added].sort((a, b) => timeIn(b) - timeIn(a));
  await set(to, all, database('version-lists'));
  return added.length;
}

function idIn(line: unknown): unknown {
  return isObject(line) ? line['id'] : undefined;
}

function timeIn(line: unknown): number {
  const time = isObject(line) ? line['savedAt'] : undefined;
  return typeof time === 'number' ? time : 0;
}

/** Things that are known by their name: another one of that name gets a number. */
async function mergeNamed(
  name: 'published-subgraphs' | 'schedules',
  lines: ArchivedRecords['schedules'],
): Promise<number> {
  let count = 0;
  for (const [key, value] of lines) {
    for (let attempt = 1; ; attempt++) {
      const candidate = attempt === 1 ? key : `${String(key)} ${String(attempt)}`;
      const present = await get<unknown>(candidate, database(name));
      if (present === value) break;
      if (present !== undefined) continue;
      await set(candidate, value, database(name));
      count += 1;
      break;
    }
  }
  return count;
}

async function mergeSettings(settings: Lookup): Promise<void> {
  const archived = settings.get('settings');
  if (!isObject(archived)) return;
  await update<unknown>(
    'settings',
    (stored) => ({ ...archived, ...(isObject(stored) ? stored : {}) }),
    database('settings'),
  );
}

async function mergeRuns(runs: ArchivedRecords['journal']): Promise<number> {
  let count = 0;
  for (const [key, run] of runs) {
    // A run's key is the time it began at, which two runs of different browsers hardly share.
    if ((await get<unknown>(key, database('journal'))) !== undefined) continue;
    await set(key, run, database('journal'));
    count += 1;
  }
  return count;
}
