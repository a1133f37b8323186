import type { RunEvent } from '../core/engine/events.js';
import type { GraphDocument } from '../core/graph/types.js';
import type { RunRecord } from './run-record.js';
import { release } from '../core/release.js';
import {
  claimUnfinished,
  forgetUnfinished,
  listUnfinished,
  markTold,
  unfinishedParts,
  type UnfinishedRun,
} from '../storage/unfinished-runs.js';
import { listGraphs } from '../storage/graphs.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { createRunRecord, recordEvent } from './run-record.js';

/** Opens a stored graph in a tab, or shows the tab that has it. */
type OpenStored = (application: Application, id: string) => Promise<void>;

/** How many cut-off runs are kept, and for how long in milliseconds. */
const LIMITS = { count: 3, ageMs: 7 * 24 * 60 * 60_000 };

/** How long the thread of a page that has just been closed may take to die, in milliseconds. */
const DYING_MS = 3000;

/**
 * Shows again what runs had told when their page was killed, lists them in the journal, and says where they go on. Records of
 * graphs that are gone, and old ones, are taken away. @throws AppError `storage/*`.
 */
export async function recallUnfinished(
  application: Application,
  openStored: OpenStored,
): Promise<void> {
  const runs = await listUnfinished();
  if (runs.length === 0) return;
  const graphs = await listGraphs();
  const stored = new Set(graphs.flatMap(({ id, deletedAt }) => (deletedAt ? [] : [id])));
  for (const [at, run] of runs.entries()) {
    const letGo = await claimUnfinished(run.graphId, DYING_MS);
    // It goes on in another window.
    if (!letGo) continue;
    try {
      const isOld = at >= LIMITS.count || Date.now() - run.savedAt > LIMITS.ageMs;
      const isUseful = stored.has(run.graphId) && run.release === release.version;
      if (isOld || !isUseful) await forgetUnfinished(run.graphId);
      else await recall(application, run, openStored);
    } finally {
      letGo();
    }
  }
}

async function recall(
  application: Application,
  run: UnfinishedRun,
  openStored: OpenStored,
): Promise<void> {
  const { runs, running, toasts } = application;
  // The same program has written them.
  const document = run.document as GraphDocument;
  const events = (await unfinishedParts(run.graphId, 'event')) as readonly RunEvent[];
  const now = performance.now();
  const board = runs.recall(run.graphId, document, (shown, zoneOf) => {
    for (const event of events) {
      if (event.type === 'execution-start') shown.record = createRunRecord(event.nodes);
      recordEvent(shown.record, event, zoneOf, now);
    }
    recordEvent(shown.record, { type: 'execution-interrupted' }, zoneOf, now);
  });
  if (!board || run.isTold === true) return;
  const stoppedAt = passAt(board.record);
  const { targets } = run;
  running.journal.record({
    run: { id: 0, scope: run.graphId, document, ...(targets && { targets }) },
    board,
    result: { type: 'finished', runId: 0, outcome: 'interrupted', problems: [], bytesRead: 0 },
    startedAt: run.startedAt,
    elapsedMs: run.savedAt - run.startedAt,
    stoppedAt,
  });
  const { queue } = texts().running;
  toasts.note(queue.cutOff(document.title ?? queue.untitled, stoppedAt), {
    label: texts().shell.run,
    perform() {
      openStored(application, run.graphId)
        .then(() => application.perform('run'))
        .catch(toasts.thrown);
    },
  });
  await markTold(run);
}

/** The pass under way when the record was written last. */
function passAt({ zones }: RunRecord): number {
  const [zone] = zones.values();
  return zone ? zone.passes[0] + Math.max(0, zone.passStarts.length - 1) : 0;
}
