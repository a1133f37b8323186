import type { AppError } from '../errors.js';
import { migrateNodes } from '../graph/migrate-nodes.js';
import type { Problem } from '../graph/problems.js';
import type { GraphDocument, NodeId } from '../graph/types.js';
import type { NodeRegistry } from '../node/registry.js';
import type { RunEvent } from './events.js';
import { createOutputCache, type CacheEntry } from './output-cache.js';
import { createPlan } from './plan.js';
import { pull } from './pull.js';
import type { ResultSafe } from './result-safe.js';
import { createBreather, type NodeTally, type RunState } from './run-state.js';
import { createFactsMemory } from './sequence-facts.js';
import { unroll } from './unroll.js';
import { createValuePlaces, type PeekedValue, type ValuePlace } from './value-places.js';

/** What a run is told besides the document. */
export interface RunOptions {
  /** Nodes to pull, whether they are output nodes or not; every output node when absent. */
  readonly targets?: readonly NodeId[];
  /** Stops the run: between nodes, and inside nodes that heed it. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Whether somebody watches the transient pictures that nodes offer while they work. */
  readonly previews?: boolean;
  /** Names the document among others that the engine runs, so that its values can be found by {@link Engine.peek}. */
  readonly scope?: string;
}

/** How a run ended. */
export interface RunOutcome {
  /** `error`: something asked for could not be computed; `problems` and `failures` say what and why. */
  readonly outcome: 'success' | 'interrupted' | 'error';
  readonly problems: readonly Problem[];
  /** Failures of nodes, `execution/node-failed` with the cause. */
  readonly failures: readonly AppError[];
  /** What executed and what was kept from before, by node. */
  readonly nodes: ReadonlyMap<NodeId, Readonly<NodeTally>>;
}

/** Runs documents, one at a time, and keeps what they computed. */
export interface Engine {
  /**
   * Runs a document: good outputs are computed even when others cannot be. Waits for runs that were asked for
   * before. Never rejects for what a graph, a node or the user does: the outcome tells it.
   * @throws Error when the engine was disposed.
   */
  run(document: GraphDocument, options?: RunOptions): Promise<RunOutcome>;
  /** What is kept of a value of the last run; never computes, and does not wait for a run that goes on. */
  peek(place: ValuePlace): PeekedValue;
  /** Forgets every kept result and frees it, after the runs that were asked for before. */
  clear(): Promise<void>;
  /** Takes results that another engine has computed, after the runs that were asked for before; it owns their claims. */
  restore(results: Iterable<readonly [signature: string, entry: CacheEntry]>): Promise<void>;
  /** Bytes of the kept results. */
  byteLength(): number;
  /** Stops what runs and frees everything. */
  dispose(): Promise<void>;
}

/** Makes an engine for the given nodes; kept results may hold `cacheBytes` between runs. */
export function createEngine<Services>({
  registry,
  services,
  cacheBytes,
  safe,
}: {
  readonly registry: NodeRegistry<Services>;
  readonly services: Services;
  readonly cacheBytes: number;
  /** Has results of an engine before this one, and hears of new ones. */
  readonly safe?: ResultSafe;
}): Engine {
  const cache = createOutputCache(cacheBytes);
  for (const [signature, entry] of safe?.entries() ?? []) cache.store(signature, entry);
  const facts = createFactsMemory();
  const places = createValuePlaces();
  const disposal = new AbortController();
  let runs = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const clear = () => {
    cache.clear();
    facts.clear();
    places.clear();
    return Promise.resolve();
  };
  const run = async (document: GraphDocument, options: RunOptions): Promise<RunOutcome> => {
    const { signal: stop, onEvent, previews = false, scope = '' } = options;
    const signal = stop ? AbortSignal.any([stop, disposal.signal]) : disposal.signal;
    const state: RunState<Services> = {
      services,
      signal,
      previews,
      cache,
      safe,
      facts,
      places: places.open(scope),
      emit: onEvent ?? (() => undefined),
      failures: [],
      tallies: new Map(),
      useless: [],
      breathe: createBreather(signal),
    };
    runs += 1;
    return perform(
      state,
      migrateNodes(document, registry),
      registry,
      String(runs),
      options.targets,
    );
  };
  return {
    run: (document, options = {}) =>
      disposal.signal.aborted
        ? Promise.reject(new Error('The engine was disposed.'))
        : inTurn(() => run(document, options)),
    peek: (place) => places.peek(cache, place),
    clear: () => inTurn(clear),
    restore: (results) =>
      inTurn(() => {
        for (const [signature, entry] of results) {
          if (!cache.has(signature)) cache.store(signature, entry);
        }
        return Promise.resolve();
      }),
    byteLength: () => cache.bytes(),
    dispose: () => {
      disposal.abort();
      return inTurn(clear);
    },
  };
}

async function perform<Services>(
  state: RunState<Services>,
  document: GraphDocument,
  registry: NodeRegistry<Services>,
  runKey: string,
  targets: readonly NodeId[] | undefined,
): Promise<RunOutcome> {
  const { cache, emit, failures, tallies } = state;
  const began = performance.now();
  const plan = createPlan(document, registry, targets);
  const { problems } = plan;
  const end = (outcome: RunOutcome['outcome']) => ({ outcome, problems, failures, nodes: tallies });
  emit({ type: 'execution-start', nodes: plan.nodes });
  try {
    state.signal.throwIfAborted();
    const { tasks, wanted } = await unroll(state, plan, runKey);
    await pull(state, wanted, tasks);
    if (failures.length > 0 || problems.length > 0) return end('error');
    emit({ type: 'execution-success', elapsedMs: performance.now() - began });
    return end('success');
  } catch (cause) {
    if (!state.signal.aborted) throw cause;
    emit({ type: 'execution-interrupted' });
    return end('interrupted');
  } finally {
    for (const signature of state.useless) cache.remove(signature);
    cache.unpinAll();
  }
}
