import type { RunEvent } from '../core/engine/events.js';
import type { NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { Picture } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { NodePicture, NodeRunView, RunView, ZoneRunView } from '../editor/run-view.js';
import { sayError } from '../ui/messages.js';
import type { RunClient, RunResult } from '../worker/run-client.js';
import type { AppState, JournalEntry } from './app-state.js';
import { createBitmapCache } from './bitmaps.js';
import type { NamedPictures } from './named-pictures.js';
import { reportProgress } from './run-progress.js';
import {
  createRunRecord,
  picturesOf,
  recordEvent,
  type RunPicture,
  type RunRecord,
} from './run-record.js';
import type { Store } from './store.js';
import { throttle } from './throttle.js';
import { titleOf } from './view-models.js';

/** Runs the document and keeps what the runs showed. */
export interface RunSession {
  /** Runs the document; does nothing while a run goes on. */
  run(): Promise<void>;
  cancel(): void;
  /** Takes an event of the current run. */
  take(event: RunEvent): void;
  /** What the canvas shows. */
  readonly view: RunView;
  /** Shows a pass of a zone; the newest when undefined. */
  showPass(start: NodeId, pass: number | undefined): void;
  /** The pixels of a node's pictures, for the viewer and for saving. */
  picturesOf(id: NodeId): readonly { readonly label: string; readonly picture: Picture }[];
}

/** Makes the session; `changed` is called when the canvas has something new to show. */
export function createRunSession(
  store: Store<AppState>,
  registry: NodeRegistry,
  client: RunClient,
  named: NamedPictures,
  on: { readonly changed: () => void; readonly failed: (text: string) => void },
): RunSession {
  let record: RunRecord = createRunRecord();
  let startedAt = 0;
  let runs = 0;
  const durations = new Map<NodeId, number>();
  const failures = new Map<NodeId, string>();
  const shownPass = new Map<NodeId, number>();
  const lastReady = new Map<NodeId, readonly NodePicture[]>();
  const bitmaps = createBitmapCache(on.changed);
  const zoneOf = (id: NodeId) => wiringOf(store.get().document, registry).zones.zoneOf.get(id);
  const shownPictures = (id: NodeId): readonly RunPicture[] => {
    const start = zoneOf(id)?.start;
    return picturesOf(record.nodes.get(id), start === undefined ? undefined : shownPass.get(start));
  };
  const progress = throttle(() => {
    if (!store.get().isRunning) return;
    const { document } = store.get();
    const title = (id: NodeId): string => titleOf(document, registry, id);
    store.set({ progress: reportProgress(record, durations, title, performance.now()) });
  }, 120);

  async function run(): Promise<void> {
    const { isRunning, document } = store.get();
    if (isRunning) return;
    startedAt = performance.now();
    const startTime = Date.now();
    failures.clear();
    shownPass.clear();
    record = createRunRecord();
    store.set({ isRunning: true, isStopping: false, ranDocument: document });
    progress();
    on.changed();
    const result = await client.run(document);
    settle(result, startTime);
  }

  function settle(result: RunResult, startTime: number): void {
    for (const [id, node] of record.nodes) {
      if (node.isComputed) durations.set(id, node.elapsedMs);
      const { kind } = node.status;
      if (kind === 'queued' || kind === 'running') record.nodes.delete(id);
    }
    const entry: JournalEntry = {
      id: ++runs,
      startedAt: startTime,
      elapsedMs: performance.now() - startedAt,
      outcome: result.outcome,
      unet: result.unet,
      nodes: journalNodes(),
    };
    store.set({
      isRunning: false,
      isStopping: false,
      progress: undefined,
      journal: [entry, ...store.get().journal].slice(0, 50),
      ...(result.problems.length > 0 && { problems: result.problems, tab: 'problems' }),
    });
    if (result.outcome === 'error' && result.problems.length > 0) {
      on.failed(`Nothing was run: ${result.problems[0]?.message ?? ''}`);
    }
    bitmaps.sweep();
    on.changed();
  }

  function journalNodes(): JournalEntry['nodes'] {
    const { document } = store.get();
    return [...record.nodes].map(([id, node]) => ({
      id,
      title: titleOf(document, registry, id),
      elapsedMs: node.elapsedMs,
      isCached: node.status.kind === 'cached',
    }));
  }

  function take(event: RunEvent): void {
    if (event.type === 'execution-start') record = createRunRecord(event.nodes);
    recordEvent(record, event, zoneOf, performance.now());
    if (event.type === 'execution-error') {
      const text = sayError(event.details);
      failures.set(event.nodeId, text);
      on.failed(text);
    }
    progress();
    on.changed();
  }

  function nodeView(id: NodeId): NodeRunView {
    const { document, problems } = store.get();
    const node = record.nodes.get(id);
    const reason = failures.get(id);
    const shown = readyPictures(id);
    return {
      status: reason === undefined ? node?.status : { kind: 'failed', reason },
      warnings: node?.warnings ?? [],
      problems: problems
        .filter(({ nodeId }) => nodeId === id)
        .map(({ input, message }) => ({ input, message })),
      pictures: shown.length > 0 ? shown : namedPicture(document.nodes[id]),
    };
  }

  /** Passes may come faster than bitmaps are made: the last one that is ready stands in. */
  function readyPictures(id: NodeId): readonly NodePicture[] {
    const pictures = shownPictures(id);
    const ready = pictures.flatMap(({ label, picture, isPreview }) => {
      const bitmap = bitmaps.of(picture);
      return bitmap ? [{ label, bitmap, isPreview }] : [];
    });
    if (pictures.length === 0) lastReady.delete(id);
    else if (ready.length === pictures.length) lastReady.set(id, ready);
    // A closed bitmap has no width and cannot be drawn.
    return (lastReady.get(id) ?? ready).filter(({ bitmap }) => bitmap.width > 0);
  }

  /** A node that loads a picture shows it before anything ran. */
  function namedPicture(
    node: AppState['document']['nodes'][string] | undefined,
  ): readonly NodePicture[] {
    const inputs = Object.entries(registry.get(node?.type ?? '')?.inputs ?? {});
    for (const [name, spec] of inputs) {
      const value = node?.inputs[name];
      if (spec.type !== 'COMBO' || !('source' in spec) || typeof value !== 'string') continue;
      const bitmap = spec.source === 'pictures' ? named.of(value) : undefined;
      if (bitmap) return [{ label: value, bitmap, isPreview: false }];
    }
    return [];
  }

  function zoneView(start: NodeId): ZoneRunView | undefined {
    const zone = record.zones.get(start);
    return zone && { passes: zone.passes, finished: zone.finished, shown: shownPass.get(start) };
  }

  return {
    run,
    cancel() {
      if (!store.get().isRunning) return;
      store.set({ isStopping: true });
      client.interrupt();
    },
    take,
    view: { node: nodeView, zone: zoneView },
    showPass(start, pass) {
      if (pass === undefined) shownPass.delete(start);
      else shownPass.set(start, pass);
      on.changed();
    },
    picturesOf: shownPictures,
  };
}
