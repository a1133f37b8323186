import { del, delMany, get, keys, set, update } from 'idb-keyval';
import { database, guarded } from './database.js';
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
  return guarded(async () => (await readList(graph)) ?? []);
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
    const before = (await readList(graph)) ?? [];
    const kept = thinVersions([entry, ...before], entry.savedAt);
    await set(graph, kept, database('version-lists'));
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

async function readList(graph: string): Promise<readonly VersionEntry[] | undefined> {
  return get<readonly VersionEntry[]>(graph, database('version-lists'));
}

function textKey(graph: string, version: string): string {
  return `${graph}/${version}`;
}
