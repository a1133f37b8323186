import type { RunEvent } from '../core/engine/events.js';
import { isKeepsake } from '../core/engine/result-safe.js';
import type { KeptResult, RunRequest } from './messages.js';

type RunCall = Extract<RunRequest, { readonly type: 'run' }>;

/** A part of a run under its name. */
type Part = readonly [name: string, value: unknown];

/** What is noted of a run. */
interface NotedRun {
  readonly graphId: string;
  readonly document: RunCall['document'];
  readonly targets?: readonly string[];
  readonly startedAt: number;
  readonly savedAt: number;
}

/** Where runs under way are kept beyond the life of the page. */
interface RecordStore {
  /** Claims a graph's record until the answer is called; undefined while another thread has it. */
  claim(graphId: string): Promise<(() => void) | undefined>;
  /** The results that a killed run of the graph has left, if this program can go on from them. */
  results(graphId: string): Promise<readonly KeptResult[]>;
  keep(
    run: NotedRun,
    parts: {
      readonly results: readonly Part[];
      readonly events: readonly Part[];
      readonly gone: readonly string[];
    },
  ): Promise<void>;
  forget(graphId: string): Promise<void>;
}

/** A result that is made portable when it is written. */
export interface RecordedResult {
  readonly signature: string;
  readonly bytes: number;
  /** The portable form; undefined when it has none. */
  readonly make: () => unknown;
}

/** Keeps a run under way where it outlives the page: what it has finished, and what it has told. */
export interface RunRecorder {
  /** Answers what a killed run of the same graph had finished; never rejects. */
  begin(call: RunCall): Promise<readonly KeptResult[]>;
  event(event: RunEvent): void;
  result(result: RecordedResult): void;
  /** Forgets the run, which has ended; never rejects. */
  end(): Promise<void>;
}

/** How often is written, and how much of one run is kept. */
interface RecordLimits {
  readonly everyMs: number;
  readonly bytes: number;
}

/** Storage that does not answer holds up no run for longer, in milliseconds. */
const PATIENCE_MS = 3000;

interface Recording {
  readonly run: Omit<NotedRun, 'savedAt'>;
  readonly release: () => void;
  /** Bytes of what is written, by signature, the oldest first. */
  readonly written: Map<string, number>;
  readonly results: Map<string, RecordedResult>;
  readonly events: Map<string, unknown>;
  writtenAt: number;
  isOnDisk: boolean;
  writing: Promise<void> | undefined;
}

/**
 * Makes a recorder that writes at most every `everyMs`, so that a short run writes nothing. `earlier` has the results of
 * earlier runs, which a long one may go on from; `failed` hears once a run that nothing more can be written.
 */
export function createRunRecorder(
  store: RecordStore,
  { everyMs, bytes: limitBytes }: RecordLimits,
  earlier: () => Iterable<RecordedResult>,
  failed: (error: unknown) => void,
): RunRecorder {
  let recording: Recording | undefined;

  const write = async (of: Recording): Promise<void> => {
    if (!of.isOnDisk) for (const one of earlier()) of.results.set(one.signature, one);
    const results = take(of.results).flatMap(({ signature, bytes, make }): readonly Part[] => {
      const entry = of.written.has(signature) ? undefined : make();
      if (entry === undefined) return [];
      of.written.set(signature, bytes);
      return [[signature, { signature, entry, bytes } satisfies KeptResult]];
    });
    const gone = overflow(of.written, limitBytes);
    const kept = results.filter(([signature]) => of.written.has(signature));
    const events = [...of.events];
    of.events.clear();
    of.isOnDisk = true;
    await store.keep({ ...of.run, savedAt: Date.now() }, { results: kept, events, gone });
  };

  return {
    async begin({ scope, document, targets }) {
      recording = undefined;
      if (scope === undefined) return [];
      try {
        const release = await soon(store.claim(scope));
        if (!release) return [];
        const found = (await soon(store.results(scope))) ?? [];
        recording = {
          run: { graphId: scope, document, ...(targets && { targets }), startedAt: Date.now() },
          release,
          written: new Map(found.map(({ signature, bytes }) => [signature, bytes])),
          results: new Map(),
          events: new Map(),
          writtenAt: performance.now(),
          isOnDisk: found.length > 0,
          writing: undefined,
        };
        return found;
      } catch {
        // Without storage the page has told so; the run itself needs none.
        return [];
      }
    },
    event(event) {
      const of = recording;
      const name = nameOf(event);
      if (!of || name === undefined) return;
      of.events.set(name, event);
      if (of.writing || performance.now() - of.writtenAt < everyMs) return;
      of.writing = write(of)
        .catch((error: unknown) => {
          if (recording === of) recording = undefined;
          failed(error);
        })
        .finally(() => {
          of.writing = undefined;
          of.writtenAt = performance.now();
        });
    },
    result(result) {
      recording?.results.set(result.signature, result);
    },
    async end() {
      const of = recording;
      recording = undefined;
      if (!of) return;
      const forget = async (): Promise<void> => {
        await of.writing;
        if (of.isOnDisk) await store.forget(of.run.graphId);
      };
      // A record that cannot be taken away is told of as a run that was cut off, which costs nothing.
      await soon(forget()).catch(() => undefined);
      of.release();
    },
  };
}

/** An event's name within its run: what came last of its kind from its place counts, and the order of places is kept. */
function nameOf(event: RunEvent): string | undefined {
  if (event.type === 'execution-start') return '0';
  if (!('nodeId' in event) || event.type === 'progress' || event.type === 'execution-error') {
    return undefined;
  }
  const pass = String(event.pass ?? -1).padStart(5, '0');
  return `1 ${pass} ${event.nodeId} ${ORDER[event.type]}`;
}

const ORDER = { executing: 0, preview: 1, executed: 2, 'execution-cached': 2 } as const;

/** Signatures of what has to go for the rest to fit: single tensors, which spare the most forwards, last. */
function overflow(written: Map<string, number>, limitBytes: number): readonly string[] {
  let held = [...written.values()].reduce((sum, bytes) => sum + bytes, 0);
  const order = [...written].sort(([a], [b]) => Number(isKeepsake(a)) - Number(isKeepsake(b)));
  const gone: string[] = [];
  for (const [signature, bytes] of order) {
    if (held <= limitBytes) break;
    written.delete(signature);
    gone.push(signature);
    held -= bytes;
  }
  return gone;
}

function take<Value>(map: Map<string, Value>): readonly Value[] {
  const values = [...map.values()];
  map.clear();
  return values;
}

/** The answer of storage, or undefined when it takes too long. */
async function soon<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, PATIENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer);
  });
}
