import type { GraphOutlook } from '../core/forecast/outlook.js';
import type { SettledWork } from '../core/forecast/settle-work.js';
import type { NodeId } from '../core/graph/types.js';

/** What the memory of a run is for, in bytes. */
export interface MemoryForecast {
  readonly weights: number;
  readonly bank: number;
  readonly results: number;
  readonly grown: number;
  readonly scratch: number;
}

/** A limit of the device that a run would go over. */
export interface Misfit {
  readonly limit: 'wasm' | 'device' | 'buffer' | 'weight';
  readonly needBytes: number;
  readonly hasBytes: number;
}

/** Whether a device cannot do it at all: it makes no buffer beyond its limit, while memory is an estimate. */
export function isRefused({ misfits }: Pick<RunForecast, 'misfits'>): boolean {
  return misfits.some(({ limit }) => limit === 'buffer' || limit === 'weight');
}

/** Everything that is told of a run before it starts. */
export interface RunForecast {
  readonly outlook: GraphOutlook;
  /** The nodes that a run of all outputs visits. */
  readonly needed: ReadonlySet<NodeId>;
  readonly work: SettledWork;
  readonly memory: MemoryForecast;
  readonly misfits: readonly Misfit[];
}

/** All parts together: what is needed at the most. */
export function peakBytes(memory: MemoryForecast): number {
  return memory.weights + memory.bank + memory.results + memory.grown + memory.scratch;
}
