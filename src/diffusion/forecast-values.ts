import type { Sequence } from '../core/engine/sequence.js';
import {
  NotKnownYet,
  type ForecastContext,
  type ValueForecast,
} from '../core/forecast/node-forecast.js';
import {
  floatBytes,
  type ForecastFacts,
  type ModelFacts,
  type VaeFacts,
} from './forecast-facts.js';
import type { FreeU } from './ports.js';
import type { Capture, ScheduleStep, Step, StepAxis } from './sockets.js';

/** MODEL: which network, and how it is used. */
export interface ModelForecast {
  readonly facts: ModelFacts;
  /** Names network and changes. */
  readonly id: string;
  readonly freeU: FreeU | undefined;
}

/** LATENT: how it is computed, so that equal work is counted once. */
export interface LatentForecast {
  readonly key: string;
}

/** CONDITIONING: the prompt. */
export interface PromptForecast {
  readonly key: string;
  readonly prompt: string;
}

/** Where a forecast notes what it asks for. */
export type Asked = Pick<ForecastContext, 'work' | 'marks'>;

/** INVERSION: its latents and predictions by key, and what asking for them costs. */
export interface InversionForecast {
  readonly axis: StepAxis;
  readonly key: string;
  /** Shape of its latents. */
  readonly shape: readonly number[];
  step(index: number): Step;
  latentKeyAt(index: number): string;
  predictionKeyAt(index: number): string;
  successorKey(index: number, predictionKey: string): string | undefined;
  askNoiseMap(index: number, asked: Asked): void;
}

/** REFERENCE slice. */
export interface BranchStepForecast {
  readonly index: number;
  /** Shape of its latents. */
  readonly shape: readonly number[];
  readonly latentKey: string;
  readonly predictionKey: string;
  askLatent(asked: Asked): void;
  askNextLatent(asked: Asked): string;
  askPrediction(asked: Asked, wants: readonly (keyof Capture)[]): void;
}

/** REFERENCE. */
export interface BranchForecast extends Sequence<BranchStepForecast> {
  readonly axis: StepAxis;
}

/** What is known of the values of each socket type before anything runs. */
export interface SocketForecasts {
  /** Names the picture, so that equal pictures are counted once. */
  readonly IMAGE: { readonly key: string };
  readonly MASK: null;
  readonly CLUSTERS: null;
  /** Height and width. */
  readonly PARTS: readonly [number, number];
  readonly LATENT: LatentForecast;
  readonly MODEL: ModelForecast;
  readonly CLIP: { readonly facts: ModelFacts; readonly id: string };
  readonly VAE: VaeFacts;
  readonly CONDITIONING: PromptForecast;
  readonly INVERSION: InversionForecast;
  readonly REFERENCE: BranchForecast;
  readonly SCHEDULE: Sequence<ScheduleStep>;
  readonly STEP: Sequence<Step>;
  readonly NOISE_PRED: { readonly key: string; readonly index: number };
}

/** The forecast of a tensor of 32-bit values. */
export function tensorForecast<About>(
  shape: readonly number[],
  about: About,
  holder?: string,
): ValueForecast<About> {
  const byteLength = floatBytes(shape);
  return { shape, dtype: 'f32', byteLength, about, ...(holder !== undefined && { holder }) };
}

/** The forecast of a value that holds no tensor of its own. */
export function plainForecast<About>(about: About, byteLength = 0): ValueForecast<About> {
  return { byteLength, about };
}

/** The facts of a picture. @throws NotKnownYet */
export function pictureFacts({ picture }: ForecastFacts, name: string) {
  return found(picture(name), `the size of the picture ${name} is not known yet`);
}

/** The facts of a model. @throws NotKnownYet */
export function modelFacts({ model }: ForecastFacts, name: string): ModelFacts {
  return found(model(name), `the configuration of ${name} is not known yet`);
}

/** The facts of an autoencoder by itself. @throws NotKnownYet */
export function vaeFacts({ vae }: ForecastFacts, name: string): VaeFacts {
  return found(vae(name), `the configuration of ${name} is not known yet`);
}

function found<Fact extends object>(fact: Fact | string | undefined, missing: string): Fact {
  if (typeof fact === 'object') return fact;
  throw new NotKnownYet(fact ?? missing);
}
