import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import type { LatentOps } from './ports.js';
import type { Inversion, Latent, NoisePred, Step } from './sockets.js';

/**
 * Key of the latent after a reverse step, told without computing it. Equal steps get equal keys whoever takes
 * them, a branch or a node of the loop.
 */
export function stepKey(
  latentKey: string,
  predictionKey: string,
  step: Step,
  noise: Inversion,
): string {
  return (
    noise.successor(step.index, predictionKey)?.key ??
    contentKey({
      kind: 'reverse-step',
      latent: latentKey,
      prediction: predictionKey,
      coefficients: [step.A, step.B, step.sigma],
      noise: noise.key,
      index: step.index,
    })
  );
}

/**
 * Noise maps serve the loop that has their steps.
 * @throws AppError `input/invalid` when the inversion was made for other steps.
 */
export function checkNoiseAxis(noise: Pick<Inversion, 'axis'>, step: Pick<Step, 'axis'>): void {
  if (noise.axis.steps !== step.axis.steps || noise.axis.skip !== step.axis.skip) {
    throw new AppError({
      code: 'input/invalid',
      input: 'noise',
      reason: `the inversion has ${String(noise.axis.steps)} steps with ${String(noise.axis.skip)} skipped, the loop ${String(step.axis.steps)} with ${String(step.axis.skip)} skipped`,
      remedy: 'Use inversions with the same steps and skip_steps.',
    });
  }
}

/**
 * The latent after one reverse step with the stored noise map of the pass; owned by the caller. method.md 11.3.
 * @throws AppError `input/invalid` when the inversion was made for other steps.
 */
export async function denoiseStep(
  ops: LatentOps,
  latent: Latent,
  prediction: Pick<NoisePred, 'noisePred' | 'key'>,
  step: Step,
  noise: Inversion,
  signal: AbortSignal,
): Promise<Latent> {
  checkNoiseAxis(noise, step);
  const known = noise.successor(step.index, prediction.key);
  if (known) return { ...known, samples: known.samples.retain() };
  const noiseMap = await noise.noiseMapAt(step.index, signal);
  return {
    samples: ops.reverseStep(latent.samples, prediction.noisePred, noiseMap, step),
    key: stepKey(latent.key, prediction.key, step, noise),
    format: latent.format,
  };
}
