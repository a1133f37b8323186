import type { NodeId } from '../graph/types.js';
import type { NotedWork, WorkItem } from './node-forecast.js';

/** Work of one unit, added up. */
export interface WorkSum {
  readonly samples: number;
  readonly pairs: number;
  readonly equivalents: number;
  readonly multiplyAdds: number;
}

/** Work by unit, and the largest amount of kept parts. */
export interface SettledWork {
  /** By node, then by `unit model`. */
  readonly nodes: ReadonlyMap<NodeId, ReadonlyMap<string, WorkSum>>;
  readonly total: ReadonlyMap<string, WorkSum>;
  /** Most bytes that kept parts take at one time. */
  readonly keptBytes: number;
}

/**
 * The work that is really done when remembered results and equal executions are not computed again, in the order in
 * which it is asked for. Parts are kept within a budget where they are computed, and within another in the CPU's memory.
 */
export function settleWork(
  noted: Iterable<NotedWork>,
  budgetBytes: number,
  ramBytes = 0,
): SettledWork {
  const nodes = new Map<NodeId, Map<string, WorkSum>>();
  const total = new Map<string, WorkSum>();
  const memory = createMemory(budgetBytes, ramBytes);
  const done = new Set<string>();
  let current = '';
  let isRepeated = false;
  for (const { nodeId: id, execution, item } of noted) {
    const place = `${id} ${execution}`;
    if (place !== current) {
      isRepeated = done.has(execution);
      done.add(execution);
      current = place;
    }
    if (isRepeated || memory.isAtHand(item)) continue;
    const unit = `${item.unit} ${item.model}`;
    const ofNode = nodes.get(id) ?? new Map<string, WorkSum>();
    nodes.set(id, ofNode);
    for (const sums of [ofNode, total]) sums.set(unit, addWork(sums.get(unit), item));
  }
  return { nodes, total, keptBytes: memory.most() };
}

/** Two amounts of work as one. */
export function addWork(
  sum: WorkSum | undefined,
  item: Pick<WorkItem, 'samples' | 'pairs' | 'equivalents' | 'multiplyAdds'>,
): WorkSum {
  return {
    samples: (sum?.samples ?? 0) + item.samples,
    pairs: (sum?.pairs ?? 0) + (item.pairs ?? 0),
    equivalents: (sum?.equivalents ?? 0) + item.equivalents,
    multiplyAdds: (sum?.multiplyAdds ?? 0) + item.multiplyAdds,
  };
}

/** Remembers results for ever and their parts within the budgets, least recently wanted out first, the newest always in. */
function createMemory(budgetBytes: number, ramBytes: number) {
  const known = new Set<string>();
  const kept = new Map<string, Readonly<Record<string, number>>>();
  const inRam = new Set<string>();
  let held = 0;
  let heldInRam = 0;
  let most = 0;
  const bytesOf = (parts: Readonly<Record<string, number>>) =>
    Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
  const touch = (result: string, added: Readonly<Record<string, number>>) => {
    const before = kept.get(result) ?? {};
    const parts = { ...added, ...before };
    if (inRam.delete(result)) heldInRam -= bytesOf(before);
    else held -= bytesOf(before);
    kept.delete(result);
    kept.set(result, parts);
    held += bytesOf(parts);
    for (const [oldest, moved] of kept) {
      if (held <= budgetBytes || oldest === result) break;
      if (inRam.has(oldest)) continue;
      inRam.add(oldest);
      held -= bytesOf(moved);
      heldInRam += bytesOf(moved);
    }
    for (const oldest of inRam) {
      if (heldInRam <= ramBytes) break;
      inRam.delete(oldest);
      heldInRam -= bytesOf(kept.get(oldest) ?? {});
      kept.delete(oldest);
    }
    most = Math.max(most, held + heldInRam);
  };
  return {
    most: () => most,
    /** Whether nothing has to be computed; what has to be is at hand afterwards. */
    isAtHand({ result, wants = [], keeps = {} }: WorkItem): boolean {
      if (result === undefined) return false;
      const parts = kept.get(result);
      const hasParts = wants.every((part) => parts?.[part] !== undefined);
      if (known.has(result) && hasParts) {
        if (wants.length > 0) touch(result, {});
        return true;
      }
      known.add(result);
      touch(result, keeps);
      return false;
    },
  };
}
