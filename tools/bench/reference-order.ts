import type { Tensor } from '../../src/tensor/tensor.js';
import { probe, repeated, type PlainDenoiser } from './plain-denoiser.js';

/** What the reference code's U-Net work took. */
export interface ReferenceWork {
  readonly milliseconds: number;
  readonly sampleForwards: number;
}

/** Settings of the reference code: 100 steps, 32 of them skipped; method.md 11. */
const STEPS = 100;
const SKIPPED = 32;

/**
 * Runs every U-Net forward of one transfer in the order and the batches of the reference code: both pictures are
 * inverted over all steps with and without prompt (batches of two), then each of the 68 passes predicts output, appearance
 * and structure twice (batches of three), with and without foreign attention. Only forwards are done and timed.
 */
export async function referenceOrder(
  denoiser: PlainDenoiser,
  latent: readonly [channels: number, height: number, width: number],
  text: Tensor,
): Promise<ReferenceWork> {
  const one = probe(...latent);
  const batches = [await repeated(one, 2), await repeated(one, 3)] as const;
  const texts = [await repeated(text, 2), await repeated(text, 3)] as const;
  const began = performance.now();
  let sampleForwards = 0;
  const forward = async (batch: 0 | 1, step: number): Promise<void> => {
    const timestep = Math.round((1000 / STEPS) * step) + 1;
    (await denoiser.predict(batches[batch], timestep, texts[batch])).dispose();
    sampleForwards += batch + 2;
  };
  for (let picture = 0; picture < 2; picture++) {
    for (let step = 0; step < STEPS; step++) await forward(0, step);
  }
  for (let step = STEPS - SKIPPED - 1; step >= 0; step--) {
    await forward(1, step);
    await forward(1, step);
  }
  return { milliseconds: performance.now() - began, sampleForwards };
}
