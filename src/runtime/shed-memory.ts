import type { Engine } from '../core/engine/engine.js';
import type { ResultSafe } from '../core/engine/result-safe.js';
import type { KvBank } from '../diffusion/kv-bank.js';

/**
 * Gives memory up for a run that found none, what costs least to have again first: keys and values, then every result of which
 * there is no copy in the CPU's memory. Answers what was given up; undefined after the last of the two.
 */
export async function shedMemory(
  taken: number,
  {
    engine,
    bank,
    safe,
  }: {
    readonly engine: Pick<Engine, 'clear' | 'restore'>;
    readonly bank: Pick<KvBank, 'clear'>;
    readonly safe: Pick<ResultSafe, 'entries'>;
  },
): Promise<string | undefined> {
  if (taken > 1) return undefined;
  bank.clear();
  if (taken === 0) {
    return 'the keys and values of the pictures that are read were given up; the run goes on from its last finished pass';
  }
  await engine.clear();
  await engine.restore(safe.entries());
  return 'networks and results that were kept were given up; the run goes on from its last finished pass';
}
