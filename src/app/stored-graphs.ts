import { loadDocument } from '../core/graph/load.js';
import { serializeDocument } from '../core/graph/serialize.js';
import { deleteVersions } from '../storage/graph-versions.js';
import {
  deleteGraph,
  freshGraphId,
  listGraphs,
  loadGraph,
  saveGraph,
  saveGraphEntry,
} from '../storage/graphs.js';
import { forgetUnfinished } from '../storage/unfinished-runs.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';

/** How long a deleted graph can be brought back, in milliseconds: a day. */
const undoTime = 24 * 60 * 60_000;

/** Stores a copy of a stored graph. @throws AppError `storage/*`. */
export async function duplicateStored({ registry }: Application, id: string): Promise<void> {
  const stored = await loadGraph(id);
  if (!stored) return;
  const now = Date.now();
  const { document } = loadDocument(stored.text, registry);
  const title = texts().files.copyOf(stored.entry.title);
  const entry = { ...stored.entry, id: freshGraphId(), title, createdAt: now, savedAt: now };
  await saveGraph({ entry, text: serializeDocument({ ...document, title }) });
}

/** Gives a stored graph a title; one that is open gets it as a step of undo. @throws AppError `storage/*`. */
export async function renameStored(
  { workspace, registry }: Application,
  id: string,
  title: string,
): Promise<void> {
  if (workspace.find(id)) {
    workspace.show(id);
    workspace.rename(title);
    await workspace.flush();
    return;
  }
  const stored = await loadGraph(id);
  if (!stored) return;
  const { document } = loadDocument(stored.text, registry);
  const plain = title.trim().slice(0, 200);
  await saveGraph({
    entry: { ...stored.entry, title: plain, savedAt: Date.now() },
    text: serializeDocument({ ...document, title: plain }),
  });
}

/** Takes a graph out of the lists; for a day it can be brought back, and `undone` is called then. @throws AppError `storage/*`. */
export async function deleteStored(
  { workspace, toasts }: Application,
  id: string,
  undone: () => void,
): Promise<void> {
  const { files } = texts();
  workspace.close(id);
  await workspace.flush();
  const stored = await loadGraph(id);
  if (!stored) return;
  const { entry } = stored;
  await saveGraphEntry({ ...entry, deletedAt: Date.now() });
  toasts.note(files.deleted(entry.title || files.untitled), {
    label: files.undo,
    perform() {
      saveGraphEntry(entry).then(undone).catch(toasts.thrown);
    },
  });
}

/** Forgets graphs that were deleted more than a day ago, with their versions. @throws AppError `storage/failed`. */
export async function forgetDeleted(now = Date.now()): Promise<void> {
  for (const { id, deletedAt } of await listGraphs()) {
    if (deletedAt === undefined || now - deletedAt < undoTime) continue;
    await deleteVersions(id);
    await forgetUnfinished(id);
    await deleteGraph(id);
  }
}
