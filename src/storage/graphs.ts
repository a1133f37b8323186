import { get, set } from 'idb-keyval';
import { database, guarded } from './database.js';

/** The last graph the user worked on, as the canonical text of its document. */
export interface StoredGraph {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** The graph of the last session, or undefined on the first start. @throws AppError `storage/failed`. */
export async function loadCurrentGraph(): Promise<StoredGraph | undefined> {
  return guarded(() => get<StoredGraph>('current', database('graphs')));
}

/** Keeps the graph for the next session. @throws AppError `storage/quota`, `storage/failed`. */
export async function saveCurrentGraph(text: string): Promise<void> {
  const record: StoredGraph = { text, savedAt: Date.now() };
  await guarded(() => set('current', record, database('graphs')));
}
