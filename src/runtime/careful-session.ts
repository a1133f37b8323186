import { AppError } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import type { InferenceSession } from './inference.js';

/** A graph in half precision, the same in full precision, and which outputs tell whether the half is any good. */
export interface CarefulParts {
  readonly half: InferenceSession;
  readonly full: InferenceSession;
  readonly isTelling: (output: string) => boolean;
}

/**
 * Runs a graph in half precision until that fails or a telling output of a first run, of each set of outputs, is not finite:
 * then the run is done again in full precision, and so are all after it. Errors that are no fault of the precision are passed on.
 */
export function carefulSession({ half, full, isTelling }: CarefulParts): InferenceSession {
  const proven = new Set<string>();
  let isHalf = true;
  const fallBack = async (): Promise<void> => {
    isHalf = false;
    await half.release();
  };
  const tryHalf: InferenceSession['run'] = async (feeds, outputs) => {
    const made = await half.run(feeds, outputs);
    const key = outputs.join();
    if (proven.has(key)) return made;
    const telling = outputs.filter(isTelling).map((name): Tensor => made[name]);
    if (await areFinite(telling)) {
      proven.add(key);
      return made;
    }
    for (const tensor of Object.values<Tensor>(made)) tensor.dispose();
    throw new RangeError('Half precision gave numbers that are not finite.');
  };
  return {
    async run(feeds, outputs) {
      if (isHalf) {
        try {
          return await tryHalf(feeds, outputs);
        } catch (error) {
          if (error instanceof AppError) throw error;
          await fallBack();
        }
      }
      return full.run(feeds, outputs);
    },
    release: async () => {
      await Promise.all([half.release(), full.release()]);
    },
  };
}

async function areFinite(tensors: readonly Tensor[]): Promise<boolean> {
  for (const tensor of tensors) if (!(await tensor.read()).every(Number.isFinite)) return false;
  return true;
}
