import { AppError } from '../core/errors.js';
import type { ForecastContext } from '../core/forecast/node-forecast.js';
import {
  checkLatent,
  forwardBytes,
  widestMapBytes,
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
import { besideAppearance, type BeyondKeys } from './foreign-keys.js';
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
  /** What is read of foreign pictures otherwise than in the paper; of the mask of keys only whether there is one. */
  readonly beyond: Omit<BeyondKeys, 'appearanceKeys'> & { readonly hasKeyMask: boolean };
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
  const isExplicit = isMixed && (schedule.contrast !== 1 || isGeneral(plan.beyond));
  const size = [model, shape, isMixed ? 2 : 1, isExplicit] as const;
  context.scratch(forwardBytes(...size), widestMapBytes(...size));
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
  if (wanted.has('appearance')) {
    for (const [source] of besideAppearance(plan.beyond)) wanted.add(source);
  }
  const read = [...wanted].map((source) => {
    const branch = branches[source] ?? missing(source);
    branch.askPrediction(context, ['keysValues']);
    return branch.predictionKey;
  });
  context.work(pairForward(model, shape));
  const key = forecastKey([selfKey, sources, read, schedule.contrast, schedule.clip, plan.beyond]);
  return {
    cross: tensorForecast(shape, { key, index }),
    self: tensorForecast(shape, { key: selfKey, index }),
  };
}

/** Whether the attention map is made explicit for what is read beyond the paper. */
function isGeneral(beyond: CrossImagePlan['beyond']): boolean {
  const { renormalize = false, besideOwn = false, hasKeyMask } = beyond;
  return renormalize || besideOwn || hasKeyMask || besideAppearance(beyond).length > 0;
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
