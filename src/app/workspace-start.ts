import { AppError } from '../core/errors.js';
import { createHistory } from '../core/graph/history.js';
import { loadDocument } from '../core/graph/load.js';
import { listVersions, loadVersion } from '../storage/graph-versions.js';
import { loadGraph, loadOpenGraphs, type StoredGraph } from '../storage/graphs.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { holdsGraph } from './share-mark.js';
import { forgetDeleted } from './stored-graphs.js';
import type { OpenGraph } from './workspace-tabs.js';

/** Brings back what was open, or on a first start opens the example and the gallery. */
export async function startWorkspace(application: Application): Promise<void> {
  const { store, toasts } = application;
  let isFirst = false;
  try {
    isFirst = !(await restoreGraphs(application));
  } catch (error) {
    tellStorageFailure(application, error);
  }
  forgetDeleted().catch(toasts.thrown);
  import('./unfinished-runs.js')
    .then(({ recallUnfinished }) => recallUnfinished(application, openStored))
    .catch(toasts.thrown);
  await takeShared(application);
  // A link that is pasted into the address of an open page loads nothing anew.
  addEventListener('hashchange', () => void takeShared(application));
  if (store.get().tabs.length > 0) return;
  await application.openExample();
  if (isFirst) store.set({ dialog: 'templates' });
}

/** Tells of stored settings and pictures that cannot be read, once the pictures that can be are known. */
export function lookForUnreadable(application: Application): void {
  import('./unreadable-records.js')
    .then(({ tellOfUnreadable }) => tellOfUnreadable(application))
    .catch(application.toasts.thrown);
}

/** What storage refuses is told by a banner, anything else by a toast. */
export function tellStorageFailure(
  { store, toasts }: Pick<Application, 'store' | 'toasts'>,
  error: unknown,
): void {
  if (error instanceof AppError) store.set({ storageFailure: error.details });
  else toasts.thrown(error);
}

async function takeShared(application: Application): Promise<void> {
  if (!holdsGraph(location.hash)) return;
  try {
    const { openShared } = await import('./sharing.js');
    await openShared(application);
  } catch (error) {
    application.toasts.thrown(error);
  }
}

/**
 * Opens the graphs that were open when the page was last left, the shown one first. False on a first start.
 * @throws AppError `storage/failed` when the browser has no storage for the page.
 */
async function restoreGraphs(application: Application): Promise<boolean> {
  const open = await loadOpenGraphs();
  if (open === undefined) return false;
  const { workspace } = application;
  const shownFirst = [...open.ids].sort(
    (a, b) => Number(b === open.shown) - Number(a === open.shown),
  );
  for (const id of shownFirst) {
    const graph = await readStored(application, id);
    if (!graph) continue;
    const before = open.ids.slice(0, open.ids.indexOf(id));
    workspace.add(graph, before.filter((other) => workspace.find(other)).length);
    if (id === open.shown || application.store.get().graphId === '') workspace.show(id);
  }
  return true;
}

/** Opens a stored graph in a tab, or shows the tab that has it. @throws AppError `storage/failed`. */
export async function openStored(application: Application, id: string): Promise<void> {
  const { workspace } = application;
  if (!workspace.find(id)) {
    const graph = await readStored(application, id);
    if (graph) workspace.add(graph);
  }
  workspace.show(id);
}

async function readStored(application: Application, id: string): Promise<OpenGraph | undefined> {
  const stored = await loadGraph(id);
  if (stored === undefined || stored.entry.deletedAt !== undefined) return undefined;
  try {
    const { document } = loadDocument(stored.text, application.registry);
    const isClean = !stored.entry.isChanged;
    return {
      id,
      createdAt: stored.entry.createdAt,
      parked: { history: createHistory(document) },
      clean: isClean ? document : undefined,
      isElsewhere: false,
      savedText: stored.text,
      steps: [],
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await recover(application, stored, error.details);
    return undefined;
  }
}

/** A graph that cannot be read stays as it is; its newest version that can be read opens beside it. */
async function recover(
  { store, workspace, registry, toasts }: Application,
  { entry, text }: StoredGraph,
  reason: AppError['details'],
): Promise<void> {
  const { id, title } = entry;
  const others = store.get().unreadable.filter((other) => other.id !== id);
  store.set({ unreadable: [...others, { id, title, text, reason }] });
  for (const version of (await listVersions(id)).slice(0, 5)) {
    const older = await loadVersion(id, version.id);
    const document = older === undefined ? undefined : read(older);
    if (!document) continue;
    workspace.open({ ...document, title: texts().files.recovered(title) });
    toasts.note(texts().files.recoveredNote(title));
    return;
  }

  function read(older: string) {
    try {
      return loadDocument(older, registry).document;
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}
