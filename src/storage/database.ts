import { createStore, type UseStore } from 'idb-keyval';
import { AppError } from '../core/errors.js';

const opened = new Map<string, UseStore>();

/** The databases of the page; one holds one kind of thing. */
type DatabaseName =
  | 'graph-list'
  | 'graph-versions'
  | 'graphs'
  | 'journal'
  | 'models'
  | 'picture-bytes'
  | 'pictures'
  | 'published-subgraphs'
  | 'schedules'
  | 'settings'
  | 'unfinished-parts'
  | 'unfinished-runs'
  | 'version-lists'
  | 'version-pictures';

/** The key-value store of that name in IndexedDB, opened once. */
export function database(name: DatabaseName): UseStore {
  const known = opened.get(name);
  if (known) return known;
  const store = createStore(`crossweave-${name}`, 'values');
  opened.set(name, store);
  return store;
}

/**
 * Runs a storage operation and says in our words why it failed.
 * @throws AppError `storage/quota` when the disk or the site's share is full, `storage/failed` otherwise.
 */
export async function guarded<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation().catch((error: unknown) => {
      if (!isGone(error)) throw error;
      // The browser closed or cleared the database under the page: a new connection makes it again.
      opened.clear();
      return operation();
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
    throw new AppError(
      { code: isFull ? 'storage/quota' : 'storage/failed', reason },
      { cause: error },
    );
  }
}

function isGone(error: unknown): boolean {
  const names = ['InvalidStateError', 'NotFoundError'];
  return error instanceof DOMException && names.includes(error.name);
}
