import type { Engine } from '../core/engine/engine.js';
import type { ResultSafe } from '../core/engine/result-safe.js';
import { AppError } from '../core/errors.js';
import type { MemoryStep } from '../core/memory-step.js';
import type { KvBank } from '../diffusion/kv-bank.js';

/**
 * Gives memory up for a run that found none, what costs least to have again first: keys and values go to the CPU's memory, where
 * there is a place for them, then they are freed, then every result of which there is no copy in the CPU's memory. Answers what was
 * done, which is none of the steps `given` before; undefined when nothing is left.
 */
export async function shedMemory(
  given: readonly MemoryStep[],
  {
    engine,
    bank,
    safe,
  }: {
    readonly engine: Pick<Engine, 'clear' | 'restore'>;
    readonly bank: Pick<KvBank, 'clear' | 'toRam' | 'byteLength' | 'ramByteLength'>;
    readonly safe: Pick<ResultSafe, 'entries'>;
  },
): Promise<MemoryStep | undefined> {
  const isNew = ({ code }: MemoryStep): boolean => given.every((one) => one.code !== code);
  const [moved, dropped, freed] = STEPS;
  if (given.length === 0 && (await hasMoved(bank))) return moved;
  if (isNew(dropped) && isNew(freed) && bank.byteLength + bank.ramByteLength > 0) {
    bank.clear();
    return dropped;
  }
  if (!isNew(freed)) return undefined;
  bank.clear();
  await engine.clear();
  await engine.restore(safe.entries());
  return freed;
}

const STEPS = [
  { code: 'memory/bank-to-ram' },
  { code: 'memory/bank-dropped' },
  { code: 'memory/results-dropped' },
] as const satisfies readonly MemoryStep[];

/** Copying needs memory as well: where there is none for that, the next step follows. */
async function hasMoved(bank: Pick<KvBank, 'toRam'>): Promise<boolean> {
  try {
    return await bank.toRam();
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
