import { del, delMany, get, keys, set, update } from 'idb-keyval';
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
 * Adds a version in front of the others and drops those that {@link thinVersions} does not keep.
 * @throws AppError `storage/quota`, `storage/failed`.
 */
export async function addVersion(graph: string, entry: VersionEntry, text: string): Promise<void> {
  await guarded(async () => {
    await set(textKey(graph, entry.id), text, database('graph-versions'));
    const { known: before, foreign } = await readList(graph);
    const kept = thinVersions([entry, ...before], entry.savedAt);
    await set(graph, [...kept, ...foreign], database('version-lists'));
    const left = new Set(kept.map(({ id }) => id));
    const dropped = before.filter(({ id }) => !left.has(id));
    const droppedKeys = dropped.map(({ id }) => textKey(graph, id));
    if (dropped.length > 0) await delMany(droppedKeys, database('graph-versions'));
  });
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
  });
}

/** The lines of a list that this version can read, and the rest, which is kept as it is. */
async function readList(graph: string) {
  const stored = await get<unknown>(graph, database('version-lists'));
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
