import { isOutOfMemory } from '../core/errors.js';
import type { MemoryStep } from '../core/memory-step.js';
import type { KvBank } from './kv-bank.js';
import type { Denoiser, DenoiserPairRequest, DenoiserPairResult } from './ports.js';

/** What can be given up when a pair finds no memory, and who hears of it. */
export interface PairRelief {
  readonly bank: Pick<KvBank, 'toRam'>;
  readonly warn: (step: MemoryStep) => void;
}

/** Runs, by their signal, in which the two predictions of a pass are computed one after the other. */
const shortOfMemory = new WeakSet<AbortSignal>();

/**
 * A forked forward. Where it finds no memory, the bank's keys and values go to the CPU's memory; where that is not enough, the two
 * predictions are computed one after the other, in this pass and in all later ones of the run.
 * @throws AppError `model/out-of-memory` when there is none for one prediction either.
 */
export async function pairWithinMemory(
  denoiser: Pick<Denoiser, 'predictPair'>,
  request: DenoiserPairRequest,
  { bank, warn }: PairRelief,
): Promise<DenoiserPairResult> {
  const apart = (): Promise<DenoiserPairResult> =>
    denoiser.predictPair({ ...request, apart: true });
  if (shortOfMemory.has(request.signal)) return apart();
  const first = await orShort(denoiser.predictPair(request));
  if (first) return first;
  if (await hasMoved(bank)) {
    warn({ code: 'memory/bank-to-ram' });
    const second = await orShort(denoiser.predictPair(request));
    if (second) return second;
  }
  shortOfMemory.add(request.signal);
  warn({ code: 'memory/pair-apart' });
  return apart();
}

/** Undefined where there was no memory. */
async function orShort<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    return undefined;
  }
}

/** Copying needs memory as well; where there is none for that, nothing was moved. */
async function hasMoved(bank: Pick<KvBank, 'toRam'>): Promise<boolean> {
  return (await orShort(bank.toRam())) ?? false;
}
