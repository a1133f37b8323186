import type { NodeRegistry } from '../core/node/registry.js';
import {
  entriesToDrop,
  forgetRun,
  keepRun,
  loadJournal,
  type JournalEntry,
} from '../storage/journal.js';
import type { AppState } from './app-state.js';
import type { EndedRun } from './run-session.js';
import type { Store } from './store.js';
import { deviceInfo } from './view-models.js';

/** The runs of this and of earlier sessions. What storage refuses is told once and stays on screen. */
export interface RunJournal {
  /** Brings back the runs of earlier sessions. */
  load(): Promise<void>;
  /** Lists a run, and keeps it with its pictures. */
  record(ended: EndedRun): void;
  setStar(id: number, isStarred: boolean): Promise<void>;
  remove(id: number): Promise<void>;
}

/** Who is told of what a journal meets. */
export interface JournalListener {
  /** Of the first refusal of the storage. */
  failed(error: unknown): void;
  /** A run put pictures among those that can be loaded by name. */
  picturesKept(): void;
  /** Writes what is not stored yet of the graphs, so that the versions that were run are there. */
  saved(): Promise<void>;
}

/** Makes the journal; what reads a run is loaded with the first of them. */
export function createRunJournal(
  store: Store<AppState>,
  registry: NodeRegistry,
  on: JournalListener,
): RunJournal {
  let lastId = 0;
  let hasFailed = false;
  const list = (journal: readonly JournalEntry[]): void => {
    store.set({ journal });
  };
  const find = (id: number) => store.get().journal.find((run) => run.id === id);
  const replace = (next: JournalEntry): void => {
    list(store.get().journal.map((run) => (run.id === next.id ? next : run)));
  };
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!hasFailed) on.failed(error);
      hasFailed = true;
    }
  };
  const trim = async (): Promise<void> => {
    const dropped = new Set(entriesToDrop(store.get().journal));
    if (dropped.size === 0) return;
    list(store.get().journal.filter((run) => !dropped.has(run)));
    for (const { id } of dropped) await forgetRun(id);
  };
  return {
    load: () =>
      guarded(async () => {
        const earlier = await loadJournal();
        lastId = Math.max(lastId, ...earlier.map(({ id }) => id));
        const known = new Set(store.get().journal.map(({ id }) => id));
        list([...store.get().journal, ...earlier.filter(({ id }) => !known.has(id))]);
      }),
    record(ended) {
      // The time names a run across sessions; two runs of one millisecond are still two.
      lastId = Math.max(lastId + 1, ended.startedAt);
      const id = lastId;
      const { device } = store.get();
      const where = device ? deviceInfo(device).label : '';
      // The next run of the tab writes on the same board.
      const told = { ...ended, board: { ...ended.board, failures: new Map(ended.board.failures) } };
      void guarded(async () => {
        const { entryOf, hasKeptPictures, keptPasses, keptPictures } =
          await import('./run-entry.js');
        const entry = entryOf(told, registry, { id, device: where });
        list([entry, ...store.get().journal]);
        if (hasKeptPictures(told)) on.picturesKept();
        const pictures = await keptPictures(told, registry);
        const passes = await keptPasses(told.board.record);
        const listed = find(entry.id);
        if (listed === undefined) return;
        const whole = { ...listed, pictures, passes, ...(await hashOf(told, pictures)) };
        replace(whole);
        await keepRun(whole);
        await trim();
        await on.saved();
        const { keepVersionPicture } = await import('./version-pictures.js');
        await keepVersionPicture(told.run.scope, told.run.document, whole);
      });
    },
    async setStar(id, isStarred) {
      const run = find(id);
      if (run === undefined) return;
      replace({ ...run, isStarred });
      await guarded(() => keepRun({ ...run, isStarred }));
    },
    async remove(id) {
      list(store.get().journal.filter((run) => run.id !== id));
      await guarded(() => forgetRun(id));
    },
  };
}

/** The hash of a run that ended well; what makes it is loaded with the first of them. */
async function hashOf(
  { run: { document }, result: { outcome } }: EndedRun,
  pictures: JournalEntry['pictures'],
): Promise<Pick<JournalEntry, 'hash'>> {
  if (outcome !== 'success') return {};
  const { runHash } = await import('../core/engine/run-hash.js');
  return { hash: runHash(document, pictures) };
}
