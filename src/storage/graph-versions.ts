import { del, delMany, get, getMany, keys, set, update } from 'idb-keyval';
import { database, guarded } from './database.js';
import { fieldsLike, isObject } from './fields-like.js';
import type { Sketch } from './sketch.js';
import { thinVersions } from './version-thinning.js';

/** A version of a graph without its text. */
export interface VersionEntry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** The step that led to it, such as `Move 3 nodes`. */
  readonly step: string;
  readonly nodeCount: number;
  /** Starred: it is never thinned out. */
  readonly isKept: boolean;
  readonly sketch: Sketch;
  /** The small picture of what a run of it gave, by name; versions that mean the same share one. */
  readonly picture?: string;
}

/** The versions of a graph, the newest first. @throws AppError `storage/failed`. */
export async function listVersions(graph: string): Promise<readonly VersionEntry[]> {
  return guarded(async () => (await readList(graph)).known);
}

/** The text of a version; undefined when it has been thinned out. @throws AppError `storage/failed`. */
export async function loadVersion(graph: string, version: string): Promise<string | undefined> {
  return guarded(() => get<string>(textKey(graph, version), database('graph-versions')));
}

/**
 * Adds a version in front of the others and drops those that {@link thinVersions} does not keep. One that means the same
 * as the one before (`isSame`) has that one's picture.
 * @throws AppError `storage/quota`, `storage/failed`.
 */
export async function addVersion(
  graph: string,
  entry: VersionEntry,
  text: string,
  isSame = false,
): Promise<void> {
  await guarded(async () => {
    await set(textKey(graph, entry.id), text, database('graph-versions'));
    const { before, after } = await changeList(graph, (known) => {
      const picture = isSame ? known[0]?.picture : undefined;
      const added = picture === undefined ? entry : { ...entry, picture };
      return thinVersions([added, ...known], entry.savedAt);
    });
    const left = new Set(after.map(({ id }) => id));
    const dropped = before.filter(({ id }) => !left.has(id));
    const droppedKeys = dropped.map(({ id }) => textKey(graph, id));
    if (dropped.length > 0) await delMany(droppedKeys, database('graph-versions'));
    await dropPictures(graph, before, after);
  });
}

/** The most bytes of a version's picture: 96 by 96 pixels take less in any format. */
export const pictureLimit = 48 * 2 ** 10;

/**
 * Gives versions the small picture of what a run of them gave, in place of the one that they had; those that are not there,
 * and files above {@link pictureLimit}, are passed over. @throws AppError `storage/quota`, `storage/failed`.
 */
export async function pictureVersions(
  graph: string,
  versions: ReadonlySet<string>,
  file: Blob,
): Promise<void> {
  if (versions.size === 0 || file.size > pictureLimit) return;
  await guarded(async () => {
    const picture = crypto.randomUUID();
    await set(textKey(graph, picture), file, database('version-pictures'));
    const { before, after } = await changeList(graph, (known) =>
      known.map((entry) => (versions.has(entry.id) ? { ...entry, picture } : entry)),
    );
    await dropPictures(graph, [...before, { picture }], after);
  });
}

/** The pictures of versions by name; those that are gone are left out. @throws AppError `storage/failed`. */
export async function loadVersionPictures(
  graph: string,
  versions: readonly VersionEntry[],
): Promise<ReadonlyMap<string, Blob>> {
  const names = [...picturesOf(versions)];
  if (names.length === 0) return new Map();
  const wanted = names.map((name) => textKey(graph, name));
  const files = await guarded(() => getMany<unknown>(wanted, database('version-pictures')));
  return new Map(
    names.flatMap((name, at): (readonly [string, Blob])[] => {
      const file = files[at];
      return file instanceof Blob ? [[name, file]] : [];
    }),
  );
}

function picturesOf(versions: readonly Pick<VersionEntry, 'picture'>[]): ReadonlySet<string> {
  return new Set(versions.flatMap(({ picture }) => (typeof picture === 'string' ? [picture] : [])));
}

/** Deletes the pictures that no version of a list has any longer. */
async function dropPictures(
  graph: string,
  before: readonly Pick<VersionEntry, 'picture'>[],
  after: readonly VersionEntry[],
): Promise<void> {
  const left = picturesOf(after);
  const gone = [...picturesOf(before)].filter((picture) => !left.has(picture));
  const dropped = gone.map((picture) => textKey(graph, picture));
  if (dropped.length > 0) await delMany(dropped, database('version-pictures'));
}

/** Stars a version, or takes the star away. @throws AppError `storage/*`. */
export async function keepVersion(graph: string, version: string, isKept: boolean): Promise<void> {
  await guarded(() =>
    update<readonly VersionEntry[]>(
      graph,
      (list = []) => list.map((entry) => (entry.id === version ? { ...entry, isKept } : entry)),
      database('version-lists'),
    ),
  );
}

/** Forgets every version of a graph. @throws AppError `storage/failed`. */
export async function deleteVersions(graph: string): Promise<void> {
  await guarded(async () => {
    await del(graph, database('version-lists'));
    const all = await keys<string>(database('graph-versions'));
    const own = all.filter((key) => key.startsWith(textKey(graph, '')));
    await delMany(own, database('graph-versions'));
    const pictures = await keys<string>(database('version-pictures'));
    const ownPictures = pictures.filter((key) => key.startsWith(textKey(graph, '')));
    await delMany(ownPictures, database('version-pictures'));
  });
}

/** Changes the lines of a list that this version can read, in one transaction; the rest stays as it is. */
async function changeList(
  graph: string,
  change: (known: readonly VersionEntry[]) => readonly VersionEntry[],
): Promise<Record<'before' | 'after', readonly VersionEntry[]>> {
  let before: readonly VersionEntry[] = [];
  let after: readonly VersionEntry[] = [];
  const write = (stored: unknown): readonly unknown[] => {
    const { known, foreign } = split(stored);
    before = known;
    after = change(known);
    return [...after, ...foreign];
  };
  await update<unknown>(graph, write, database('version-lists'));
  return { before, after };
}

/** The lines of a list that this version can read, and the rest, which is kept as it is. */
async function readList(graph: string) {
  return split(await get<unknown>(graph, database('version-lists')));
}

function split(stored: unknown) {
  const lines: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const known = lines.filter((line): line is VersionEntry => isEntry(line));
  return { known, foreign: lines.filter((line) => !isEntry(line)) };
}

const likeEntry: VersionEntry = {
  id: '',
  savedAt: 0,
  step: '',
  nodeCount: 0,
  isKept: false,
  sketch: { width: 0, height: 0, boxes: [] },
};

function isEntry(line: unknown): boolean {
  return (
    isObject(line) &&
    Object.keys(fieldsLike(likeEntry, line)).length === Object.keys(likeEntry).length
  );
}

function textKey(graph: string, version: string): string {
  return `${graph}/${version}`;
}
