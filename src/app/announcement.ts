import { formatDuration } from '../editor/draw-status.js';
import type { JournalEntry } from '../storage/journal.js';
import { texts } from '../texts/texts.js';

/** What became of a run, in a sentence for screen readers. */
export function announcementOf({
  outcome,
  elapsedMs,
}: Pick<JournalEntry, 'outcome' | 'elapsedMs'>): string {
  const words = texts().shell;
  switch (outcome) {
    case 'success':
      return words.runFinished(formatDuration(elapsedMs));
    case 'interrupted':
      return words.runInterrupted;
    case 'error':
      return words.runFailed;
  }
}
