import type { RunOutcome } from '../../src/core/engine/engine.js';
import type { BuiltNode } from './graph-builder.js';

/** Whether a node executed in a run. */
export function didRun({ nodes }: RunOutcome, { id }: BuiltNode): boolean {
  return (nodes.get(id)?.executed ?? 0) > 0;
}

/** Whether a node's kept result was used and the node did not execute. */
export function wasCached({ nodes }: RunOutcome, { id }: BuiltNode): boolean {
  const tally = nodes.get(id);
  return tally?.executed === 0 && tally.cached > 0;
}

/** The passes in which a node executed. */
export function passesRun({ nodes }: RunOutcome, { id }: BuiltNode): readonly number[] {
  return nodes.get(id)?.executedPasses ?? [];
}

/** The passes for which a node's kept result was told. */
export function passesCached({ nodes }: RunOutcome, { id }: BuiltNode): readonly number[] {
  return nodes.get(id)?.cachedPasses ?? [];
}
