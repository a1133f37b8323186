import type { Problem } from '../graph/problems.js';
import type { NodeId } from '../graph/types.js';
import type { NotedWork, ValueForecast } from './node-forecast.js';

/** What is known of an output; a sentence says why nothing is. */
export type OutputForecast = ValueForecast | { readonly unknown: string };

/** Whether an output's forecast tells something. */
export function isKnown(output: OutputForecast | undefined): output is ValueForecast {
  return output !== undefined && !('unknown' in output);
}

/** What is known of one node; of the last pass inside a zone. */
export interface NodeOutlook {
  readonly outputs: ReadonlyMap<string, OutputForecast>;
  /** Bytes of its outputs when it has executed, what they share counted once. */
  readonly byteLength: number;
  /** Most bytes that it needs beside inputs, outputs and weights. */
  readonly scratchBytes: number;
  /** Bytes of the largest of them that must lie in one buffer; 0 where that is not known. */
  readonly largestScratch: number;
  /** How often it executes. */
  readonly times: number;
}

/** What is known of a graph before it runs. */
export interface GraphOutlook {
  readonly nodes: ReadonlyMap<NodeId, NodeOutlook>;
  /** What the nodes ask for, in the order in which they do. */
  readonly work: readonly NotedWork[];
  readonly problems: readonly Problem[];
  /** The nodes in the order they run in. */
  readonly order: readonly NodeId[];
}
