import { del, entries, get, promisifyRequest, set, setMany } from 'idb-keyval';
import { database, guarded } from './database.js';
import { isObject } from './fields-like.js';

/** A run under way, as it is kept for the case that the page is killed; `Document` is the graph that was run. */
export interface UnfinishedRun<Document = unknown> {
  readonly graphId: string;
  readonly document: Document;
  readonly targets?: readonly string[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly savedAt: number;
  /** The version of the program that runs it. */
  readonly release: string;
  /** The user was told of its end. */
  readonly isTold?: boolean;
}

/** What a run has finished or told, by a name of its own within the run. */
type UnfinishedPart = readonly [name: string, value: unknown];

/** The two kinds of parts: results to go on from, and what the run told. */
type PartKind = 'result' | 'event';

function prefixOf(graphId: string, kind: PartKind): string {
  return `${graphId}/${kind}/`;
}

function rangeOf(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

/** Adds parts of a run, takes results of the given names out, and notes the run. @throws AppError `storage/*`. */
export async function keepUnfinished(
  run: UnfinishedRun,
  parts: {
    readonly results: readonly UnfinishedPart[];
    readonly events: readonly UnfinishedPart[];
    readonly gone: readonly string[];
  },
): Promise<void> {
  const { graphId } = run;
  const named = (kind: PartKind, all: readonly UnfinishedPart[]) =>
    all.map(([name, value]): [string, unknown] => [prefixOf(graphId, kind) + name, value]);
  await guarded(async () => {
    const store = database('unfinished-parts');
    await setMany([...named('result', parts.results), ...named('event', parts.events)], store);
    for (const name of parts.gone) await del(prefixOf(graphId, 'result') + name, store);
    await set(graphId, run, database('unfinished-runs'));
  });
}

/** The parts of a run of a graph, in the order of their names. @throws AppError `storage/failed`. */
export async function unfinishedParts(
  graphId: string,
  kind: PartKind,
): Promise<readonly unknown[]> {
  const range = rangeOf(prefixOf(graphId, kind));
  return guarded(() =>
    database('unfinished-parts')('readonly', (store) =>
      promisifyRequest<unknown[]>(store.getAll(range)),
    ),
  );
}

/** The run of a graph that is kept, or undefined. @throws AppError `storage/failed`. */
export async function findUnfinished(graphId: string): Promise<UnfinishedRun | undefined> {
  const run = await guarded(() => get<unknown>(graphId, database('unfinished-runs')));
  return isRun(run) ? run : undefined;
}

/** All runs that are kept, the newest first, those that go on in another window among them. @throws AppError `storage/failed`. */
export async function listUnfinished(): Promise<readonly UnfinishedRun[]> {
  const all = await guarded(() => entries<string, unknown>(database('unfinished-runs')));
  return all
    .flatMap(([, run]) => (isRun(run) ? [run] : []))
    .sort((a, b) => b.startedAt - a.startedAt);
}

/** Notes that the user knows of a run's end. @throws AppError `storage/*`. */
export async function markTold(run: UnfinishedRun): Promise<void> {
  await guarded(() => set(run.graphId, { ...run, isTold: true }, database('unfinished-runs')));
}

/** Forgets a graph's run with everything of it. @throws AppError `storage/failed`. */
export async function forgetUnfinished(graphId: string): Promise<void> {
  await guarded(async () => {
    await del(graphId, database('unfinished-runs'));
    await database('unfinished-parts')('readwrite', (store) => {
      store.delete(rangeOf(`${graphId}/`));
      return promisifyRequest(store.transaction);
    });
  });
}

/**
 * Claims the record of a graph's run until the answer is called or the thread dies; undefined while another thread has it.
 * `patienceMs` is how long one that is just dying is waited for.
 */
export function claimUnfinished(
  graphId: string,
  patienceMs = 0,
): Promise<(() => void) | undefined> {
  // Where there are no locks the only thread that is known is this one.
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  const options: LockOptions =
    patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      if (lock) return new Promise<void>((release) => resolve(release));
      resolve(undefined);
      return undefined;
    };
    navigator.locks.request(`crossweave-unfinished ${graphId}`, options, hold).catch(() => {
      // It is still another's.
      resolve(undefined);
    });
  });
}

function isRun(run: unknown): run is UnfinishedRun {
  return isObject(run) && typeof run['graphId'] === 'string' && isObject(run['document']);
}
