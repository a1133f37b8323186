import { del, entries, set } from 'idb-keyval';
import { database, guarded } from './database.js';

/** A picture that a run gave, as it is kept. */
export interface KeptPicture {
  readonly node: string;
  /** How the node was called. */
  readonly title: string;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the RGBA pixels, in hex. */
  readonly sha256: string;
  /** PNG. */
  readonly file: Blob;
}

/** A small look at a pass. */
export interface KeptPass {
  readonly pass: number;
  readonly file: Blob;
}

/** One run as the journal keeps it. */
export interface JournalEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly outcome: 'success' | 'interrupted' | 'error';
  /** Title of the graph; empty when it has none. */
  readonly title: string;
  /** The graph that was run, in its canonical text. */
  readonly graph: string;
  /** The seeds of the graph, and the schedule in a line. */
  readonly seeds: readonly number[];
  readonly schedule: string;
  readonly device: string;
  readonly models: readonly string[];
  /** Titles of the nodes that were asked for; empty when all outputs were. */
  readonly targets: readonly string[];
  readonly unet: JournalWork | undefined;
  /** Where the run went on from kept passes, and the share of the passes saved. */
  readonly resumed: { readonly at: number; readonly saved: number } | undefined;
  /** The pass under way when its page was killed. */
  readonly stoppedAt?: number;
  /** Why it failed, in a sentence. */
  readonly error: string | undefined;
  readonly nodes: readonly {
    readonly id: string;
    readonly title: string;
    readonly elapsedMs: number;
    readonly byteLength: number;
    readonly isCached: boolean;
  }[];
  readonly pictures: readonly KeptPicture[];
  readonly passes: readonly KeptPass[];
  readonly isStarred: boolean;
  /** Names the graph and the bytes of its results; there for runs that ended well. */
  readonly hash?: string;
}

/** U-Net work of a run, in sample-forwards. */
interface JournalWork {
  readonly sampleForwards: number;
  readonly pairs: number;
  readonly forwardEquivalents: number;
}

/** How much the journal may keep. */
export interface JournalLimits {
  readonly count: number;
  readonly bytes: number;
}

/** Limits that a browser's storage bears: 200 runs, 256 MiB. */
export const journalLimits: JournalLimits = { count: 200, bytes: 256 * 2 ** 20 };

/** Bytes that a run takes in the journal: its graph and its pictures. */
export function bytesOfEntry({ graph, pictures, passes }: JournalEntry): number {
  const files = [...pictures, ...passes].reduce((sum, { file }) => sum + file.size, 0);
  return 2 * graph.length + files;
}

/**
 * The runs that have to go for the rest to stay within the limits: the oldest without a star first. Starred runs
 * count, but never go, and neither does the newest.
 */
export function entriesToDrop(
  runs: readonly JournalEntry[],
  limits: JournalLimits = journalLimits,
): readonly JournalEntry[] {
  const newestFirst = [...runs].sort((a, b) => b.id - a.id);
  const dropped: JournalEntry[] = [];
  let count = runs.length;
  let bytes = runs.reduce((sum, run) => sum + bytesOfEntry(run), 0);
  for (const run of newestFirst.slice(1).reverse()) {
    if (count <= limits.count && bytes <= limits.bytes) break;
    if (run.isStarred) continue;
    dropped.push(run);
    count -= 1;
    bytes -= bytesOfEntry(run);
  }
  return dropped;
}

/** All kept runs, the newest first. @throws AppError `storage/failed`. */
export async function loadJournal(): Promise<readonly JournalEntry[]> {
  return guarded(async () => {
    const all = await entries<number, JournalEntry>(database('journal'));
    return all.map(([, run]) => run).sort((a, b) => b.id - a.id);
  });
}

/** Keeps a run, in place of one with the same id. @throws AppError `storage/quota`, `storage/failed`. */
export async function keepRun(run: JournalEntry): Promise<void> {
  await guarded(() => set(run.id, run, database('journal')));
}

/** Forgets a run. @throws AppError `storage/failed`. */
export async function forgetRun(id: number): Promise<void> {
  await guarded(() => del(id, database('journal')));
}
