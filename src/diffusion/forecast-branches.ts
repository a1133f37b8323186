import { createNoiseSchedule } from './noise-schedule.js';
import { branchForward, predictionForecastKey, stepForecastKey } from './forecast-unet.js';
import type {
  Asked,
  BranchForecast,
  InversionForecast,
  ModelForecast,
  PromptForecast,
} from './forecast-values.js';
import type { StepAxis } from './sockets.js';
import { checkAxis, passesOf, stepAt } from './step-axis.js';
import { forecastKey } from '../core/forecast/forecast-key.js';

/** What an inversion is forecast from. */
export interface InversionPlan {
  readonly model: ModelForecast;
  readonly positive: PromptForecast;
  readonly negative: PromptForecast | undefined;
  /** Key and shape of the picture's latent. */
  readonly latentKey: string;
  readonly shape: readonly number[];
  readonly axis: StepAxis;
  readonly cfg: number;
  readonly seed: number;
  readonly noiseStream: number;
}

/**
 * An inversion by its keys: see `createInversion`, whose rules these are.
 * @throws AppError `input/invalid` for steps that cannot be walked.
 */
export function forecastInversion(plan: InversionPlan): InversionForecast {
  const { model, positive, axis, cfg, shape } = plan;
  const schedule = createNoiseSchedule(model.facts.scheduler);
  checkAxis(axis, schedule);
  const total = passesOf(axis);
  const key = forecastKey([
    [model.id, model.freeU, positive.key, cfg === 1 ? null : (plan.negative?.key ?? null)],
    [plan.latentKey, axis.steps, axis.skip, cfg, plan.seed, plan.noiseStream],
  ]);
  const drawn = forecastKey([plan.latentKey, axis.steps, axis.skip, plan.seed, plan.noiseStream]);
  const latentKeyAt = (index: number): string =>
    index === total ? plan.latentKey : `${drawn} ${String(index)}`;
  const step = remember((index) => stepAt(schedule, axis, index));
  const predictionKeyAt = remember((index) =>
    predictionForecastKey(model, positive, latentKeyAt(index), step(index).timestep),
  );
  return {
    axis,
    key,
    shape,
    step,
    latentKeyAt,
    predictionKeyAt,
    successorKey: (index, predictionKey) =>
      cfg === 1 && index < total - 1 && predictionKey === predictionKeyAt(index)
        ? latentKeyAt(index + 1)
        : undefined,
    askNoiseMap(index, { work }) {
      if (cfg !== 1 || index === total - 1) return;
      work(branchForward(model, shape, predictionKeyAt(index), []));
    },
  };
}

/** A branch by its keys: see `createReference`, whose rules these are. */
export function forecastBranch({
  model,
  positive,
  inversion,
  source,
}: {
  readonly model: ModelForecast;
  readonly positive: PromptForecast;
  readonly inversion: InversionForecast;
  readonly source: 'replay' | 'inverted';
}): BranchForecast {
  const { axis, shape } = inversion;
  const total = passesOf(axis);
  const latents: string[] = [inversion.latentKeyAt(0)];
  const predictionKeyAt = remember((index) =>
    predictionForecastKey(model, positive, latentKeyAt(index), inversion.step(index).timestep),
  );
  const key = forecastKey(['branch', source, model.id, model.freeU, positive.key, inversion.key]);
  function latentKeyAt(index: number): string {
    if (source === 'inverted') return inversion.latentKeyAt(index);
    for (let i = latents.length; i <= index; i += 1) {
      const prediction = predictionKeyAt(i - 1);
      latents.push(
        inversion.successorKey(i - 1, prediction) ??
          stepForecastKey(latents[i - 1] ?? '', prediction, i - 1, inversion.key),
      );
    }
    return latents[index] ?? '';
  }
  /** A replay computes its latents one after the other, each once. */
  const walkTo = (index: number, asked: Asked): void => {
    if (source === 'inverted') return;
    for (let i = asked.marks.get(key) ?? 0; i < index; i += 1) {
      const prediction = predictionKeyAt(i);
      asked.work(branchForward(model, shape, prediction, []));
      if (inversion.successorKey(i, prediction) === undefined) inversion.askNoiseMap(i, asked);
    }
    asked.marks.set(key, Math.max(index, asked.marks.get(key) ?? 0));
  };
  return {
    isSequence: true,
    first: 0,
    end: total,
    axis,
    keyAt: (index) => forecastKey([key, index]),
    at: (index) => ({
      index,
      shape,
      latentKey: latentKeyAt(index),
      predictionKey: predictionKeyAt(index),
      askLatent: (asked) => {
        walkTo(index, asked);
      },
      askNextLatent: (asked) => {
        walkTo(index + 1, asked);
        return latentKeyAt(index + 1);
      },
      askPrediction: (asked, wants) => {
        walkTo(index, asked);
        asked.work(branchForward(model, shape, predictionKeyAt(index), wants));
      },
    }),
  };
}

function remember<Value>(make: (index: number) => Value): (index: number) => Value {
  const made = new Map<number, Value>();
  return (index) => {
    const value = made.get(index) ?? make(index);
    made.set(index, value);
    return value;
  };
}
