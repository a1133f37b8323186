import { createEngine } from '../../src/core/engine/engine.js';
import type { RunEvent } from '../../src/core/engine/events.js';
import type { ErrorCode } from '../../src/core/errors.js';
import type { MemoryStep } from '../../src/core/memory-step.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { createTensorSafe } from '../../src/runtime/tensor-safe.js';
import type { RunReply, RunRequest } from '../../src/worker/messages.js';
import { shedMemory } from '../../src/runtime/shed-memory.js';
import { startRunThread } from '../../src/worker/run-thread.js';
import { registry } from '../../tools/cli/headless/project.js';
import type { AnalyticServices } from '../support/analytic-services.js';
import { faultyServices, type FaultPlan, type World } from './faulty-services.js';

type Finished = Extract<RunReply, { readonly type: 'finished' }>;

/** A run thread in this thread, on services that a plan can break. */
export class FaultyThread {
  readonly replies: RunReply[] = [];
  readonly world: World = { calls: new Map(), plan: undefined, hasStruck: false };
  readonly made: AnalyticServices[] = [];
  #listener: (event: MessageEvent<RunRequest>) => void = () => undefined;
  #wake: () => void = () => undefined;
  #runs = 0;
  #stopAt = Infinity;
  #shed: () => Promise<void> = () => Promise.resolve();
  #disposals: (() => Promise<void>)[] = [];

  constructor() {
    const safe = createTensorSafe(2 ** 26);
    startRunThread(
      {
        postMessage: (reply) => {
          this.replies.push(structuredClone(reply));
          this.#wake();
          if (this.replies.length !== this.#stopAt) return;
          const interrupt: RunRequest = { type: 'interrupt', runId: this.#runs };
          this.#listener({ data: interrupt } as MessageEvent<RunRequest>);
        },
        addEventListener: (_type, listener) => {
          this.#listener = listener;
        },
      },
      () => {
        const { services: plain, analytic, lost } = faultyServices(this.world);
        const services = { ...plain, keepsakes: safe.keepsakes };
        this.made.push(analytic);
        const engine = createEngine({ registry, services, cacheBytes: 2 ** 26, safe });
        let isDisposed = false;
        const dispose = async (): Promise<void> => {
          if (isDisposed) return;
          isDisposed = true;
          await engine.dispose();
          analytic.clear();
        };
        this.#disposals.push(dispose);
        const shed = (given: readonly MemoryStep[]): Promise<MemoryStep | undefined> =>
          shedMemory(given, { engine, bank: analytic.bank, safe });
        this.#shed = async () => {
          await engine.clear();
          analytic.bank.clear();
        };
        return Promise.resolve({
          engine,
          lost,
          dispose,
          device: { provider: 'webgpu' as const, reason: 'A device of formulas.', threads: 1 },
          work: () => ({ sampleForwards: 0, pairs: 0, forkShare: 0 }),
          bytesRead: () => 0,
          describe: (type: string) => Promise.resolve({ type, facts: [] }),
          facts: () => Promise.resolve({}),
          models: () => Promise.resolve([]),
          pictures: () => Promise.resolve([]),
          shed,
        });
      },
    );
  }

  async run(document: GraphDocument, plan?: FaultPlan): Promise<RunTold> {
    const runId = ++this.#runs;
    this.world.plan = plan;
    this.world.hasStruck = false;
    this.world.calls.clear();
    this.replies.length = 0;
    this.#listener({ data: { type: 'run', runId, document } } as MessageEvent<RunRequest>);
    for (;;) {
      const finished = this.replies.find((reply): reply is Finished => reply.type === 'finished');
      if (finished) return told(this.replies, finished);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Runs a document and asks it to stop when it has told `replies` things; resolves when it has ended. */
  async abort(document: GraphDocument, replies: number): Promise<RunTold> {
    this.#stopAt = replies;
    try {
      return await this.run(document);
    } finally {
      this.#stopAt = Infinity;
    }
  }

  /** Gives up what is kept of earlier runs; what is left of tensors and claims afterwards is a leak. */
  async shed(): Promise<number> {
    await this.#shed();
    return this.#left();
  }

  /** Frees everything; what is left of tensors and claims afterwards is a leak. */
  async end(): Promise<number> {
    for (const dispose of this.#disposals) await dispose();
    return this.#left();
  }

  #left(): number {
    return this.made.reduce((sum, { ledger, claims }) => sum + ledger.live() + claims(), 0);
  }
}

/** What a run told. */
export interface RunTold {
  readonly outcome: Finished['outcome'];
  /** Codes of what was told as failures, of nodes by their cause. */
  readonly codes: readonly (ErrorCode | 'a mistake')[];
  /** The values of the last result, as text. */
  readonly result: string;
  /** What was done for want of memory: by nodes, in the order they tell of it, and by the thread. */
  readonly steps: readonly MemoryStep['code'][];
  /** Nodes inside the loop that executed, each with its pass. */
  readonly executed: readonly string[];
}

function told(replies: readonly RunReply[], finished: Finished): RunTold {
  const events = replies.flatMap((reply): RunEvent[] =>
    reply.type === 'event' ? [reply.event] : [],
  );
  const failures = events.flatMap((event) =>
    event.type === 'execution-error' && event.details.code === 'execution/node-failed'
      ? [event.details.causeDetails?.code ?? ('a mistake' as const)]
      : [],
  );
  const pictures = events.flatMap((event) =>
    event.type === 'executed' || event.type === 'execution-cached' ? event.pictures : [],
  );
  return {
    outcome: finished.outcome,
    codes: failures,
    result: pictures.findLast(({ label }) => label === 'result')?.picture.data.join() ?? '',
    steps: replies.flatMap((reply) => {
      if (reply.type === 'failed' && reply.details.code === 'model/out-of-memory') {
        return reply.details.step?.code ?? [];
      }
      if (reply.type !== 'event' || reply.event.type !== 'executed') return [];
      return reply.event.warnings.flatMap((one) => (typeof one === 'string' ? [] : one.code));
    }),
    executed: events.flatMap((event) =>
      event.type === 'executed' && event.pass !== undefined
        ? [`${event.nodeId} ${String(event.pass)}`]
        : [],
    ),
  };
}
