import type { GraphDocument, NodeId } from '../core/graph/types.js';

/** A run that waits for its turn: the document as it was when it was queued. */
export interface QueuedRun {
  readonly id: number;
  readonly document: GraphDocument;
  /** Nodes to pull; all output nodes when absent. */
  readonly targets?: readonly NodeId[];
  /** Whose run it is: the tab it was started from. */
  readonly scope: string;
  /** It follows an edit rather than a wish; what is wrong with the graph is then not said aloud. */
  readonly isLive?: boolean;
}

/** The queue with a run added behind the others, or in front of them. */
export function enqueue(
  queue: readonly QueuedRun[],
  run: QueuedRun,
  isFront = false,
): readonly QueuedRun[] {
  return isFront ? [run, ...queue] : [...queue, run];
}

/** The queue with one run moved by `steps` places towards its end; it stops at either end. */
export function moveQueued(
  queue: readonly QueuedRun[],
  id: number,
  steps: number,
): readonly QueuedRun[] {
  const at = queue.findIndex((run) => run.id === id);
  const run = queue[at];
  if (run === undefined) return queue;
  const rest = queue.filter((other) => other !== run);
  const to = Math.min(rest.length, Math.max(0, at + steps));
  return [...rest.slice(0, to), run, ...rest.slice(to)];
}

/** The queue without one run. */
export function withoutQueued(queue: readonly QueuedRun[], id: number): readonly QueuedRun[] {
  return queue.filter((run) => run.id !== id);
}
