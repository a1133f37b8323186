import { AppError } from '../core/errors.js';
import type { ForecastContext } from '../core/forecast/node-forecast.js';
import {
  checkLatent,
  forwardBytes,
  forwards,
  pairForward,
  predictionForecastKey,
} from './forecast-unet.js';
import {
  tensorForecast,
  type BranchStepForecast,
  type ModelForecast,
  type PromptForecast,
} from './forecast-values.js';
import { layerLaneNames, layerMasks, layerSource, sourceInputs } from './schedule-sources.js';
import type { ForeignSource, ScheduleStep, Step } from './sockets.js';
import { forecastKey } from '../core/forecast/forecast-key.js';

/** What a pass is forecast from. */
export interface CrossImagePlan {
  readonly model: ModelForecast;
  readonly positive: PromptForecast;
  readonly shape: readonly number[];
  readonly latentKey: string;
  readonly step: Step;
  readonly schedule: ScheduleStep;
  readonly branches: Readonly<Record<ForeignSource, BranchStepForecast | undefined>>;
  /** The sources that have a mask. */
  readonly masked: readonly ForeignSource[];
  /** τ of the softmax on foreign keys. */
  readonly sharpness: number;
}

/**
 * Both predictions of a pass and what they cost: see `crossImageStep`, whose rules these are.
 * @throws AppError `input/invalid` when a source is to be read whose branch is not there.
 */
export function forecastCrossImageStep(plan: CrossImagePlan, context: ForecastContext) {
  const { model, positive, shape, latentKey, step, schedule, branches } = plan;
  checkLatent(model, shape);
  const { index } = step;
  const selfKey = predictionForecastKey(model, positive, latentKey, step.timestep);
  const names = layerLaneNames(model.facts.unet.mixedLayers);
  const sources = names.map((name) => layerSource(schedule, name));
  const isMixed = sources.some((source) => source !== 'own');
  context.scratch(forwardBytes(model, shape, isMixed ? 2 : 1, isMixed && schedule.contrast !== 1));
  if (!isMixed) {
    const lender = [branches.structure, branches.appearance].find(
      (branch) => branch?.predictionKey === selfKey,
    );
    if (lender) lender.askPrediction(context, []);
    else context.work(forwards(model, shape, 1));
    const own = tensorForecast(shape, { key: selfKey, index }, 'own');
    return { cross: own, self: own };
  }
  const wanted = new Set<ForeignSource>();
  names.forEach((name, j) => {
    const source = sources[j] ?? 'own';
    if (source === 'own') return;
    wanted.add(source);
    const isMasked = plan.masked.includes(source) && layerMasks(schedule, name).includes(source);
    if (source !== 'appearance' && isMasked) wanted.add('appearance');
  });
  const read = [...wanted].map((source) => {
    const branch = branches[source] ?? missing(source);
    branch.askPrediction(context, ['keysValues']);
    return branch.predictionKey;
  });
  context.work(pairForward(model, shape));
  const key = forecastKey([
    selfKey,
    sources,
    read,
    schedule.contrast,
    schedule.clip,
    plan.sharpness,
  ]);
  return {
    cross: tensorForecast(shape, { key, index }),
    self: tensorForecast(shape, { key: selfKey, index }),
  };
}

function missing(source: ForeignSource): never {
  const input = sourceInputs[source].reference;
  throw new AppError({
    code: 'input/invalid',
    input,
    reason: `the schedule reads ${source}, but nothing is linked to ${input}`,
    remedy: `Link a Reference Branch of the picture, or take ${source} out of the lanes.`,
  });
}
