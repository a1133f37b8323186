import { AppError } from '../core/errors.js';
import type { SchedulerConfig } from './ports.js';

/** The noise of Stable Diffusion 1.x, for checkpoints that come without a scheduler configuration. */
export const stableDiffusionScheduler: SchedulerConfig = {
  numTrainTimesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
  betaSchedule: 'scaled_linear',
  stepsOffset: 1,
  setAlphaToOne: false,
};

/** How much of the picture is left at every timestep. */
export interface NoiseSchedule {
  readonly config: SchedulerConfig;
  /** Products of 1 - beta, float32 as in the reference. */
  readonly alphasCumprod: Float32Array;
  /** What stands for the alpha of a timestep below 0. */
  readonly finalAlphaCumprod: number;
}

function requireNumber(value: unknown, fallback: number, name: string, file: string): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new AppError({ code: 'model/invalid', file, reason: `${name} is not a number` });
}

/**
 * Reads a diffusers `scheduler_config.json`; absent entries are diffusers' defaults for DDIM.
 * @throws AppError `model/unsupported` for another prediction than noise or v, or another beta schedule.
 */
export function parseSchedulerConfig(json: unknown, file: string): SchedulerConfig {
  if (typeof json !== 'object' || json === null) {
    throw new AppError({ code: 'model/invalid', file, reason: 'it holds no object' });
  }
  const config: Readonly<Record<string, unknown>> = { ...json };
  const betaSchedule = config['beta_schedule'] ?? 'linear';
  if (betaSchedule !== 'linear' && betaSchedule !== 'scaled_linear') {
    throw new AppError({
      code: 'model/unsupported',
      file,
      reason: `the beta schedule ${JSON.stringify(betaSchedule)} is not known; linear and scaled_linear are`,
    });
  }
  const prediction = config['prediction_type'] ?? 'epsilon';
  if (prediction !== 'epsilon' && prediction !== 'v_prediction') {
    const reason = `its network predicts ${JSON.stringify(prediction)}; only epsilon and v_prediction can be inverted`;
    throw new AppError({ code: 'model/unsupported', file, reason });
  }
  if ((config['trained_betas'] ?? null) !== null || config['rescale_betas_zero_snr'] === true) {
    const reason =
      'its noise schedule is changed (trained_betas or rescale_betas_zero_snr); only plain beta schedules can be inverted';
    throw new AppError({ code: 'model/unsupported', file, reason });
  }
  return {
    numTrainTimesteps: requireNumber(
      config['num_train_timesteps'],
      1000,
      'num_train_timesteps',
      file,
    ),
    betaStart: requireNumber(config['beta_start'], 0.0001, 'beta_start', file),
    betaEnd: requireNumber(config['beta_end'], 0.02, 'beta_end', file),
    betaSchedule,
    stepsOffset: requireNumber(config['steps_offset'], 0, 'steps_offset', file),
    setAlphaToOne: (config['set_alpha_to_one'] ?? true) === true,
    ...(prediction === 'v_prediction' ? { predictionType: prediction } : {}),
  };
}

/** `count` float32 values from `start` to `end`, rounded as torch's linspace rounds them: from both ends inward. */
function linspace(start: number, end: number, count: number): Float32Array {
  const first = Math.fround(start);
  const last = Math.fround(end);
  const step = Math.fround(Math.fround(last - first) / (count - 1));
  return Float32Array.from({ length: count }, (_unused, i) =>
    i < count / 2 ? first + step * i : last - step * (count - 1 - i),
  );
}

/** The betas of every training timestep, float32. method.md 11.1. */
function betasOf({
  betaStart,
  betaEnd,
  betaSchedule,
  numTrainTimesteps,
}: SchedulerConfig): Float32Array {
  if (betaSchedule === 'linear') return linspace(betaStart, betaEnd, numTrainTimesteps);
  const roots = linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), numTrainTimesteps);
  return roots.map((root) => root * root);
}

/** The noise schedule of a configuration, in the reference's float32. method.md 11.1. */
export function createNoiseSchedule(config: SchedulerConfig): NoiseSchedule {
  let product = 1;
  const alphasCumprod = betasOf(config).map((beta) => {
    product *= Math.fround(1 - beta);
    return product;
  });
  const finalAlphaCumprod = config.setAlphaToOne ? 1 : (alphasCumprod[0] ?? 1);
  return { config, alphasCumprod, finalAlphaCumprod };
}
