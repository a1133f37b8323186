import { release } from '../core/release.js';
import { readRecords } from '../storage/archive/archived-records.js';
import { mergeArchive, type MergeReport } from '../storage/archive/merge-archive.js';
import { readArchive } from '../storage/archive/read-archive.js';
import { writeArchive } from '../storage/archive/write-archive.js';
import { loadSettings } from '../storage/settings.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { download } from './files.js';
import { loadPublished } from './published.js';

/** Hands everything that is stored to the user's downloads, as one zip file. @throws AppError `storage/failed`. */
export async function saveEverything({ workspace, toasts }: Application): Promise<void> {
  await workspace.flush();
  const now = new Date();
  const zip = await writeArchive(await readRecords(), release.version, now);
  download(zip, `crossweave-${now.toISOString().slice(0, 10)}.zip`);
  toasts.note(texts().archive.saved((zip.size / 1e6).toFixed(1)));
}

/**
 * Brings back what such a file holds and is not stored here, shows the list of graphs, and tells what came. What is
 * stored here stays as it is.
 */
export async function bringBack(application: Application, file: Blob): Promise<void> {
  const { store, toasts, workspace } = application;
  try {
    await workspace.flush();
    const { records, damaged } = await readArchive(file);
    tell(application, await mergeArchive(records, texts().files.copyOf));
    const [first] = damaged;
    if (first !== undefined) toasts.error(texts().archive.damaged(damaged.length, first));
  } catch (error) {
    // A full disk may have stopped it half way: what came is shown all the same.
    toasts.thrown(error);
  }
  await lookAgain(application);
  // The list of graphs reads storage when it opens.
  store.set({ dialog: undefined });
  await Promise.resolve();
  store.set({ dialog: 'graphs' });
}

function tell({ toasts }: Application, report: MergeReport): void {
  const { archive } = texts();
  const kinds = (['graphs', 'versions', 'pictures', 'subgraphs', 'schedules', 'runs'] as const)
    .filter((kind) => report[kind] > 0)
    .map((kind) => archive.kinds[kind](report[kind]));
  toasts.note(kinds.length === 0 ? archive.nothingNew : archive.broughtBack(kinds.join(', ')));
  if (report.copies > 0) toasts.note(archive.copies(report.copies));
  for (const [from, to] of report.renamed) toasts.note(archive.renamed(from, to));
}

/** Reads anew what the page had read of storage when it began. */
async function lookAgain(application: Application): Promise<void> {
  const { store, library, running, toasts } = application;
  try {
    store.set({ settings: await loadSettings() });
    await Promise.all([library.refresh(), running.journal.load(), loadPublished(application)]);
  } catch (error) {
    toasts.thrown(error);
  }
}
