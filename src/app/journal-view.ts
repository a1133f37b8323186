import { formatDuration } from '../editor/draw-status.js';
import type { JournalEntry } from '../storage/journal.js';
import { texts } from '../texts/texts.js';
import type { JournalRow } from '../ui/cw-run-journal.js';
import { formatBytes } from '../ui/figures.js';
import type { AppState } from './app-state.js';
import { createFileAddresses } from './file-addresses.js';
import { timeInWords } from './time-words.js';

const addresses = createFileAddresses();
const remembered = new WeakMap<readonly JournalEntry[], readonly JournalRow[]>();

/** The journal in words; the same rows as long as the journal is the same. */
export function journalRows({ journal }: Pick<AppState, 'journal'>): readonly JournalRow[] {
  const known = remembered.get(journal);
  if (known) return known;
  const rows = journal.map((run, index) => rowOf(run, journal.slice(index + 1)));
  remembered.set(journal, rows);
  addresses.sweep();
  return rows;
}

function rowOf(run: JournalEntry, older: readonly JournalEntry[]): JournalRow {
  const words = texts().running.journal;
  const { unet, resumed, stoppedAt } = run;
  const longest = Math.max(1, ...run.nodes.map((node) => node.elapsedMs));
  return {
    id: run.id,
    title: run.title,
    time: timeInWords(run.startedAt),
    duration: formatDuration(run.elapsedMs),
    outcome: run.outcome,
    work: unet ? words.unet(String(Number(unet.forwardEquivalents.toFixed(1))), unet.pairs) : '',
    resumed: resumed ? words.resumed(resumed.at, Math.round(resumed.saved * 100)) : '',
    error: run.error ?? (stoppedAt === undefined ? '' : words.stoppedAt(stoppedAt)),
    isStarred: run.isStarred,
    settings: settingsOf(run),
    memory: formatBytes(
      run.nodes.reduce((sum, { byteLength, isCached }) => sum + (isCached ? 0 : byteLength), 0),
    ),
    nodes: [...run.nodes]
      .sort((a, b) => b.elapsedMs - a.elapsedMs)
      .map(({ id, title, elapsedMs, byteLength, isCached }) => ({
        id,
        title,
        duration: formatDuration(elapsedMs),
        memory: formatBytes(byteLength),
        share: elapsedMs / longest,
        isCached,
      })),
    pictures: distinct(run).map(({ title, label, sha256, file }) => {
      const twin = older.find(({ pictures }) => pictures.some((other) => other.sha256 === sha256));
      return {
        label: words.result(title, label),
        url: addresses.of(file),
        hash: sha256,
        sameAs: twin ? timeInWords(twin.startedAt) : '',
      };
    }),
    passes: run.passes.map(({ pass, file }) => ({ pass, url: addresses.of(file) })),
  };
}

function settingsOf({
  device,
  models,
  seeds,
  schedule,
  targets,
  hash = '',
}: JournalEntry): JournalRow['settings'] {
  const words = texts().running.journal;
  const all = [
    [words.device, device],
    [words.model, models.join(', ')],
    [words.seed, seeds.join(', ')],
    [words.targets, targets.join(', ')],
    [words.schedule, schedule],
    [words.runHash, hash],
  ] as const;
  return all.filter(([, value]) => value !== '');
}

/** The pictures of a run, those with the same pixels once. */
function distinct({ pictures }: JournalEntry): JournalEntry['pictures'] {
  return pictures.filter(
    ({ sha256 }, index) => pictures.findIndex((other) => other.sha256 === sha256) === index,
  );
}
