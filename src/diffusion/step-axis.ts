import { contentKey } from '../core/engine/content-key.js';
import type { Sequence } from '../core/engine/sequence.js';
import { AppError } from '../core/errors.js';
import type { NoiseSchedule } from './noise-schedule.js';
import type { Step, StepAxis } from './sockets.js';

/** Passes of an axis: the steps that are not skipped. */
export function passesOf({ steps, skip }: StepAxis): number {
  return steps - skip;
}

/**
 * Checks that an axis can be walked with a noise schedule.
 * @throws AppError `input/invalid` naming `steps` or `skip_steps`.
 */
export function checkAxis({ steps, skip }: StepAxis, { config }: NoiseSchedule): void {
  const last = (steps - 1) * Math.floor(config.numTrainTimesteps / steps) + config.stepsOffset;
  if (!Number.isInteger(steps) || steps < 1 || last >= config.numTrainTimesteps) {
    throw new AppError({
      code: 'input/invalid',
      input: 'steps',
      reason: `${String(steps)} steps do not fit the ${String(config.numTrainTimesteps)} timesteps the network knows`,
      remedy: `Choose between 1 and ${String(config.numTrainTimesteps - 1)} steps.`,
    });
  }
  if (!Number.isInteger(skip) || skip < 0 || skip >= steps) {
    throw new AppError({
      code: 'input/invalid',
      input: 'skip_steps',
      reason: `${String(skip)} of ${String(steps)} steps cannot be skipped`,
      remedy: 'Skip fewer steps than there are.',
    });
  }
}

/** The timesteps of a run, noisiest first: DDIM's `leading` spacing. method.md 2. */
export function timestepsOf(
  steps: number,
  { config }: Pick<NoiseSchedule, 'config'>,
): readonly number[] {
  const ratio = Math.floor(config.numTrainTimesteps / steps);
  return Array.from(
    { length: steps },
    (_unused, k) => (steps - 1 - k) * ratio + config.stepsOffset,
  );
}

/** The timesteps of the passes of an axis, in their order. */
export function passTimesteps(
  axis: StepAxis,
  schedule: Pick<NoiseSchedule, 'config'>,
): readonly number[] {
  return timestepsOf(axis.steps, schedule).slice(axis.skip);
}

/**
 * Pass `index` of an axis with the coefficients of its reverse step (eta 1): float64 arithmetic on float32
 * alphas. method.md 11.3. @throws AppError `input/invalid` when there is no such pass.
 */
export function stepAt(schedule: NoiseSchedule, axis: StepAxis, index: number): Step {
  const total = passesOf(axis);
  requirePass(index, 0, total);
  const ratio = Math.floor(schedule.config.numTrainTimesteps / axis.steps);
  const timestep = (total - 1 - index) * ratio + schedule.config.stepsOffset;
  const alphaCumprod = schedule.alphasCumprod[timestep] ?? NaN;
  const alphaCumprodPrev = schedule.alphasCumprod[timestep - ratio] ?? schedule.finalAlphaCumprod;
  const variance =
    ((1 - alphaCumprodPrev) / (1 - alphaCumprod)) * (1 - alphaCumprod / alphaCumprodPrev);
  const direction = Math.sqrt(Math.max(0, 1 - alphaCumprodPrev - variance));
  return {
    index,
    total,
    axis,
    timestep,
    alphaCumprod,
    alphaCumprodPrev,
    A: Math.sqrt(alphaCumprodPrev / alphaCumprod),
    B: direction - Math.sqrt((alphaCumprodPrev * (1 - alphaCumprod)) / alphaCumprod),
    sigma: Math.sqrt(variance),
  };
}

/** The passes `first..end-1` as a sequence that a zone slices. */
export function stepSequence(
  step: (index: number) => Step,
  first: number,
  end: number,
): Sequence<Step> {
  return createSequence(first, end, step);
}

/** A sequence over `first..end-1` whose slices are plain data named by their content. */
export function createSequence<Slice>(
  first: number,
  end: number,
  slice: (pass: number) => Slice,
): Sequence<Slice> {
  const at = (pass: number): Slice => {
    requirePass(pass, first, end);
    return slice(pass);
  };
  return { isSequence: true, first, end, at, keyAt: (pass) => contentKey(at(pass)) };
}

/** @throws AppError `input/invalid` unless `first <= pass < end`. */
export function requirePass(pass: number, first: number, end: number): void {
  if (Number.isInteger(pass) && pass >= first && pass < end) return;
  throw new AppError({
    code: 'input/invalid',
    input: 'step',
    reason: `pass ${String(pass)} is outside ${String(first)}..${String(end - 1)}`,
    remedy:
      'Give every node of the denoise zone the same steps and skip_steps, or move start_at and end_at.',
  });
}
