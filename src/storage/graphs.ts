import { del, delMany, entries, get, set, setMany } from 'idb-keyval';
import { database, guarded } from './database.js';
import { fieldsLike, isObject } from './fields-like.js';
import type { Sketch } from './sketch.js';

/** A stored graph without its text. */
export interface GraphEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly savedAt: number;
  readonly nodeCount: number;
  /** Whether it differs from the file it came from or was last exported to. */
  readonly isChanged: boolean;
  /** Where its nodes lie, for a small picture. */
  readonly sketch: Sketch;
  /** When the user deleted it; it can be brought back for a day. */
  readonly deletedAt?: number;
}

/** A stored graph: the canonical text of its document and what lists show of it. */
export interface StoredGraph {
  readonly entry: GraphEntry;
  readonly text: string;
}

/** Which graphs were open, in the order of their tabs, and which one was shown. */
export interface OpenGraphs {
  readonly ids: readonly string[];
  readonly shown: string;
}

const openGraphsKey = 'crossweave-open';

/** A name for a graph that no other has, here or in any other window. */
export function freshGraphId(): string {
  return crypto.randomUUID();
}

/** All stored graphs, the last saved first. @throws AppError `storage/failed`. */
export async function listGraphs(): Promise<readonly GraphEntry[]> {
  return guarded(async () => {
    const all = await entries<string, unknown>(database('graph-list'));
    return all.map(([id, entry]) => readEntry(id, entry)).sort((a, b) => b.savedAt - a.savedAt);
  });
}

/** A stored graph, or undefined when there is none of that id. @throws AppError `storage/failed`. */
export async function loadGraph(id: string): Promise<StoredGraph | undefined> {
  return guarded(async () => {
    const [text, entry] = await Promise.all([
      get<unknown>(id, database('graphs')),
      get<unknown>(id, database('graph-list')),
    ]);
    if (text === undefined) return undefined;
    const plain = typeof text === 'string' ? text : JSON.stringify(text);
    return { text: plain, entry: readEntry(id, entry) };
  });
}

/** Keeps a graph in place of the one with its id. @throws AppError `storage/quota`, `storage/failed`. */
export async function saveGraph({ entry, text }: StoredGraph): Promise<void> {
  await guarded(async () => {
    // The text first: a list without a graph could not be opened, a graph without a list line is found.
    await set(entry.id, text, database('graphs'));
    await set(entry.id, entry, database('graph-list'));
  });
}

/** Changes what lists show of a graph, its text aside. @throws AppError `storage/*`. */
export async function saveGraphEntry(entry: GraphEntry): Promise<void> {
  await guarded(() => set(entry.id, entry, database('graph-list')));
}

/** Forgets graphs; their versions are forgotten apart. @throws AppError `storage/failed`. */
export async function deleteGraph(id: string): Promise<void> {
  await guarded(async () => {
    await del(id, database('graph-list'));
    await del(id, database('graphs'));
  });
}

/**
 * Which graphs were open: in this window before it was reloaded, else in the window that was used last; undefined on a
 * first start. @throws AppError `storage/failed`.
 */
export async function loadOpenGraphs(): Promise<OpenGraphs | undefined> {
  return guarded(async () => {
    await takeOverSingleGraph();
    const ofWindow = readOpenGraphs(fromJson(sessionStorage.getItem(openGraphsKey)));
    return ofWindow ?? readOpenGraphs(await get<unknown>(openGraphsKey, database('settings')));
  });
}

/** Keeps which graphs are open. @throws AppError `storage/*`. */
export async function saveOpenGraphs(open: OpenGraphs): Promise<void> {
  await guarded(async () => {
    sessionStorage.setItem(openGraphsKey, JSON.stringify(open));
    await set(openGraphsKey, open, database('settings'));
  });
}

function readOpenGraphs(record: unknown): OpenGraphs | undefined {
  if (!isObject(record)) return undefined;
  const { ids, shown } = record;
  return Array.isArray(ids) && typeof shown === 'string'
    ? { ids: ids.map(String), shown }
    : undefined;
}

function fromJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    // A damaged note of what was open is none.
    return undefined;
  }
}

interface SingleGraph {
  readonly text: string;
  readonly savedAt: number;
}

/** Earlier versions kept one graph, under `current`: it becomes the first of many. */
async function takeOverSingleGraph(): Promise<void> {
  const single = await get<SingleGraph>('current', database('graphs'));
  if (single === undefined) return;
  const id = freshGraphId();
  const { savedAt } = single;
  await setMany([[id, single.text]], database('graphs'));
  const entry: GraphEntry = { ...entryWithoutFacts(id), createdAt: savedAt, savedAt };
  await set(id, entry, database('graph-list'));
  const open = readOpenGraphs(await get<unknown>(openGraphsKey, database('settings')));
  await set(openGraphsKey, { ids: [...(open?.ids ?? []), id], shown: id }, database('settings'));
  await delMany(['current'], database('graphs'));
}

/** A list line as far as it can be read. */
function readEntry(id: string, record: unknown): GraphEntry {
  const plain = entryWithoutFacts(id);
  return { ...plain, ...fieldsLike({ ...plain, deletedAt: 0 }, record), id };
}

function entryWithoutFacts(id: string): GraphEntry {
  return {
    id,
    title: '',
    createdAt: 0,
    savedAt: 0,
    nodeCount: 0,
    isChanged: true,
    sketch: { width: 0, height: 0, boxes: [] },
  };
}
