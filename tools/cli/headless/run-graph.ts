import type { RunEvent } from '../../../src/core/engine/events.js';
import { createEngine, type RunOutcome } from '../../../src/core/engine/engine.js';
import type { GraphDocument, NodeId } from '../../../src/core/graph/types.js';
import type { Picture } from '../../../src/core/node/definition.js';
import type { NodeRegistry } from '../../../src/core/node/registry.js';
import { createKvBank } from '../../../src/diffusion/kv-bank.js';
import type { PictureStore } from '../../../src/diffusion/ports.js';
import type { Services } from '../../../src/diffusion/services.js';
import type { UnetWorkReport } from '../../../src/worker/messages.js';
import { sayWarning } from '../../../src/ui/messages.js';
import { workBetween } from '../../../src/worker/unet-work.js';
import type { DiskModels } from './model-library.js';

/** Kept results and captured keys and values, in bytes. */
const CACHE_BYTES = 256 * 1024 * 1024;
const BANK_BYTES = 512 * 1024 * 1024;

/** What one node did in a run. */
export interface NodeReport {
  readonly id: NodeId;
  readonly type: string;
  readonly title: string;
  readonly executions: number;
  readonly milliseconds: number;
}

/** What is told of a run when it is over. */
export interface RunReport {
  readonly outcome: RunOutcome;
  readonly milliseconds: number;
  readonly nodes: readonly NodeReport[];
  /** Warnings, each once, with the node that gave it. */
  readonly warnings: readonly string[];
  /** Pictures that nodes showed, by node and label; of several passes the last. */
  readonly pictures: ReadonlyMap<NodeId, ReadonlyMap<string, Picture>>;
  readonly unet: UnetWorkReport;
  readonly peakMemoryBytes: number;
}

/** What a run needs besides the document. */
export interface RunSetup {
  readonly registry: NodeRegistry<Services>;
  readonly models: DiskModels;
  readonly pictures: PictureStore;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs one document after another; what an earlier run computed is not computed again while memory allows. */
export interface GraphRunner {
  /** Never rejects for what a graph does. `unet` counts this run's work alone. */
  readonly run: (document: GraphDocument) => Promise<RunReport>;
  /** Frees everything. */
  readonly dispose: () => Promise<void>;
}

/** Starts an engine for several runs; it is to be disposed. */
export function openGraphRunner(setup: RunSetup): GraphRunner {
  const services = {
    ops: setup.models.ops,
    models: setup.models,
    pictures: setup.pictures,
    bank: createKvBank(BANK_BYTES),
  };
  const engine = createEngine({ registry: setup.registry, services, cacheBytes: CACHE_BYTES });
  return {
    async run(document) {
      const notes = createNotes(document, setup.registry);
      const began = performance.now();
      const before = setup.models.work();
      const outcome = await engine.run(document, {
        ...(setup.signal && { signal: setup.signal }),
        onEvent: (event) => {
          notes.take(event);
          setup.onEvent?.(event);
        },
      });
      const forkShare = setup.models.forkShare(...notes.latentSize());
      return {
        outcome,
        milliseconds: Math.round(performance.now() - began),
        nodes: notes.nodes(),
        warnings: notes.warnings(),
        pictures: notes.pictures,
        unet: workBetween(before, { ...setup.models.work(), forkShare }),
        peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      };
    },
    async dispose() {
      await engine.dispose();
      services.bank.clear();
    },
  };
}

/** Runs a document once with an engine of its own and frees everything. Never rejects for what a graph does. */
export async function runGraph(document: GraphDocument, setup: RunSetup): Promise<RunReport> {
  const runner = openGraphRunner(setup);
  try {
    return await runner.run(document);
  } finally {
    await runner.dispose();
  }
}

/** Collects what the events of a run tell. */
function createNotes(document: GraphDocument, registry: NodeRegistry<Services>) {
  const times = new Map<NodeId, { executions: number; milliseconds: number }>();
  const warnings = new Set<string>();
  const pictures = new Map<NodeId, Map<string, Picture>>();
  const titleOf = (id: NodeId): string => {
    const record = document.nodes[id];
    return record?.title ?? registry.get(record?.type ?? '')?.displayName ?? id;
  };
  return {
    pictures,
    take(event: RunEvent): void {
      if (event.type !== 'executed' && event.type !== 'execution-cached') return;
      if (event.type === 'executed') {
        const time = times.get(event.nodeId) ?? { executions: 0, milliseconds: 0 };
        time.executions += 1;
        time.milliseconds += event.elapsedMs;
        times.set(event.nodeId, time);
      }
      for (const warning of event.warnings) {
        warnings.add(`${titleOf(event.nodeId)}: ${sayWarning(warning)}`);
      }
      const shown = pictures.get(event.nodeId) ?? new Map<string, Picture>();
      for (const { label, picture } of event.pictures) shown.set(label, picture);
      if (shown.size > 0) pictures.set(event.nodeId, shown);
    },
    nodes: (): readonly NodeReport[] =>
      [...times].map(([id, { executions, milliseconds }]) => ({
        id,
        type: document.nodes[id]?.type ?? '',
        title: titleOf(id),
        executions,
        milliseconds: Math.round(milliseconds * 10) / 10,
      })),
    warnings: () => [...warnings],
    /** Size of the latents, from the first picture that was encoded; a square of 8 when none was. */
    latentSize(): readonly [height: number, width: number] {
      for (const shown of pictures.values()) {
        const pixels = shown.get('pixels');
        if (pixels) return [pixels.height / 8, pixels.width / 8];
      }
      return [8, 8];
    },
  };
}
