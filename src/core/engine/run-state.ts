import type { AppError } from '../errors.js';
import type { NodeId } from '../graph/types.js';
import type { RunEvent } from './events.js';
import type { OutputCache } from './output-cache.js';
import type { FactsMemory } from './sequence-facts.js';
import type { ResultSafe } from './result-safe.js';
import { placeOf, type Task } from './task.js';
import type { PlaceNotes } from './value-places.js';

/** What happened to a node in a run. */
export interface NodeTally {
  /** How often it executed, and how often a kept result was used or found. */
  executed: number;
  cached: number;
  /** The passes in which it executed, in order; empty outside zones. */
  readonly executedPasses: number[];
  readonly cachedPasses: number[];
}

/** Everything that the parts of one run share. */
export interface RunState<Services> {
  readonly services: Services;
  readonly signal: AbortSignal;
  readonly previews: boolean;
  readonly cache: OutputCache;
  readonly safe: ResultSafe | undefined;
  readonly facts: FactsMemory;
  readonly places: PlaceNotes;
  readonly emit: (event: RunEvent) => void;
  readonly failures: AppError[];
  readonly tallies: Map<NodeId, NodeTally>;
  /** Signatures that no later run can ask for. */
  readonly useless: string[];
  /** Lets other work of the thread in when the run held it for long. @throws `signal.reason` once aborted. */
  readonly breathe: () => Promise<void>;
}

/** Counts an execution or the use of a kept result. */
export function tally<Services>(
  state: RunState<Services>,
  { node, pass }: Task<Services>,
  what: 'executed' | 'cached',
): void {
  const counts = state.tallies.get(node.id) ?? {
    executed: 0,
    cached: 0,
    executedPasses: [],
    cachedPasses: [],
  };
  state.tallies.set(node.id, counts);
  counts[what] += 1;
  if (pass !== undefined) counts[`${what}Passes`].push(pass);
}

/** Tells that a task's result was kept from before, with the pictures and warnings of its execution. */
export function tellCached<Services>(state: RunState<Services>, task: Task<Services>): void {
  const entry = state.cache.get(task.signature);
  if (task.told || entry === undefined) return;
  task.told = true;
  tally(state, task, 'cached');
  const { pictures, warnings } = entry;
  state.emit({ type: 'execution-cached', ...placeOf(task), pictures, warnings });
}

/** How long a run may hold its thread before messages (an interrupt among them) are let in, in milliseconds. */
const holdMs = 25;

/** Makes {@link RunState.breathe}. */
export function createBreather(signal: AbortSignal): () => Promise<void> {
  let heldSince = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - heldSince < holdMs) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    heldSince = performance.now();
    signal.throwIfAborted();
  };
}
