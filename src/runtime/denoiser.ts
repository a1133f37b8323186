import { AppError } from '../core/errors.js';
import { createNoiseSchedule, type NoiseSchedule } from '../diffusion/noise-schedule.js';
import type {
  Denoiser,
  DenoiserPairRequest,
  DenoiserPairResult,
  DenoiserRequest,
  DenoiserResult,
  FreeU,
  MixedLayer,
  SchedulerConfig,
  UnetWork,
} from '../diffusion/ports.js';
import { cpuTensor, type CpuTensor, type Tensor } from '../tensor/tensor.js';
import { createConditionCache, type BatchRows, type ConditionCache } from './condition-cache.js';
import type { Feeds, InferenceSession } from './inference.js';
import { freeUFeeds } from './models/free-u-feeds.js';
import type { UnetConfig } from './models/unet-config.js';
import { mixedOutputs, UNET_NAMES } from './models/unet-names.js';
import type { UnetGraph } from './models/unet2d-condition.js';
import { aloneFeeds, checkRequest, NO, pairFeeds, plainFeeds, YES } from './unet-feeds.js';

/** What a denoiser is made of. */
export interface DenoiserParts {
  readonly id: string;
  readonly config: UnetConfig;
  readonly graph: UnetGraph;
  readonly session: InferenceSession;
  /** Of the graphs that read the prompt and the timestep alone. */
  readonly textSession: InferenceSession;
  readonly timeSession: InferenceSession;
  readonly scheduler: SchedulerConfig;
  /** Tokens of a prompt, for counting work. */
  readonly textTokens: number;
}

/** A denoiser that keeps what it computed of prompts and timesteps. */
export interface ForgettingDenoiser extends Denoiser {
  /** Frees what is kept; it is computed again when asked for. */
  forget(): void;
}

/** U-Net sessions as the port that the nodes use. The sessions stay the caller's to release. */
export function createDenoiser(parts: DenoiserParts): ForgettingDenoiser {
  return new OrtDenoiser(parts);
}

/** Sizes and settings of FreeU whose inputs are kept: a user who drags a slider makes many. */
const KEPT_FREE_U = 8;

class OrtDenoiser implements ForgettingDenoiser {
  readonly id: string;
  readonly scheduler: SchedulerConfig;
  readonly latentChannels: number;
  readonly sampleSize: number;
  readonly mixedLayers: readonly MixedLayer[];
  readonly #parts: DenoiserParts;
  readonly #conditions: ConditionCache;
  readonly #freeU = new Map<string, Readonly<Record<string, CpuTensor>>>();
  #schedule: NoiseSchedule | undefined;
  #sampleForwards = 0;
  #pairs = 0;

  constructor(parts: DenoiserParts) {
    this.#parts = parts;
    this.id = parts.id;
    this.scheduler = parts.scheduler;
    this.latentChannels = parts.config.inChannels;
    this.sampleSize = parts.config.sampleSize;
    this.mixedLayers = parts.graph.mixedLayers;
    this.#conditions = createConditionCache({ ...parts, textLayers: parts.graph.text.layers });
  }

  forget(): void {
    this.#conditions.clear();
  }

  forkShare(height: number, width: number): number {
    const { graph, textTokens } = this.#parts;
    return graph.work.forkShare({ height, width, textTokens });
  }

  work(): UnetWork {
    return { sampleForwards: this.#sampleForwards, pairs: this.#pairs };
  }

  async predict(request: DenoiserRequest): Promise<DenoiserResult> {
    const { signal, capture } = request;
    const size = checkRequest(this.#parts.config, request);
    const names = this.#outputNames(capture);
    signal.throwIfAborted();
    const feeds = plainFeeds(this.mixedLayers.length, size, capture?.attention === true);
    const rows = { before: size.rows, after: size.rows };
    const outputs = await this.#run(request, rows, feeds, names);
    this.#sampleForwards += size.rows;
    giveUpWhenAborted(signal, Object.values(outputs));
    return this.#collect(outputs, capture);
  }

  async predictPair(request: DenoiserPairRequest): Promise<DenoiserPairResult> {
    const { signal, timestep } = request;
    const plain = { ...request, timesteps: [timestep] };
    checkRequest(this.#parts.config, plain);
    const feeds = pairFeeds(this.mixedLayers, request);
    signal.throwIfAborted();
    if (request.apart === true) return this.#oneByOne(plain, feeds);
    const { firstNoise, lastNoise } = UNET_NAMES;
    const rows = { before: 1, after: 2 };
    const outputs = await this.#run(plain, rows, feeds, [firstNoise, lastNoise]);
    this.#sampleForwards += 1;
    this.#pairs += 1;
    giveUpWhenAborted(signal, Object.values(outputs));
    return { self: outputs[firstNoise], cross: outputs[lastNoise] };
  }

  /** Both predictions of a pair by a forward each. */
  async #oneByOne(
    request: Omit<DenoiserRequest, 'capture'>,
    feeds: Feeds,
  ): Promise<DenoiserPairResult> {
    const { signal } = request;
    const { noise, lastNoise } = UNET_NAMES;
    const rows = { before: 1, after: 1 };
    const plain = plainFeeds(this.mixedLayers.length, { samples: 1, rows: 1 }, false);
    const { [noise]: self } = await this.#run(request, rows, plain, [noise]);
    this.#sampleForwards += 1;
    try {
      const { [lastNoise]: cross } = await this.#run(request, rows, aloneFeeds(feeds), [lastNoise]);
      this.#sampleForwards += 1;
      giveUpWhenAborted(signal, [cross]);
      return { self, cross };
    } catch (error) {
      self.dispose();
      throw error;
    }
  }

  async #run<Name extends string>(
    request: Omit<DenoiserRequest, 'capture'>,
    rows: BatchRows,
    feeds: Feeds,
    names: readonly Name[],
  ): Promise<Readonly<Record<Name, Tensor>>> {
    const { samples, promptEmbeds, freeU, timesteps, ahead = [], signal } = request;
    const text = await this.#conditions.text(promptEmbeds, rows);
    try {
      const time = await this.#conditions.time(timesteps, ahead);
      try {
        signal.throwIfAborted();
        const all = {
          ...this.#freeUFeeds(samples.shape, freeU),
          [UNET_NAMES.freeU]: freeU === undefined ? NO : YES,
          ...this.#predictionFeeds(timesteps),
          ...text.feeds,
          ...time.feeds,
          ...feeds,
          [UNET_NAMES.sample]: samples,
        };
        return await this.#parts.session.run(all, names);
      } finally {
        time.giveBack();
      }
    } finally {
      text.giveBack();
    }
  }

  /** What a network that predicts v needs to give out noise. */
  #predictionFeeds(timesteps: readonly number[]): Feeds {
    if (this.scheduler.predictionType === undefined) return {};
    const { alphasCumprod } = (this.#schedule ??= createNoiseSchedule(this.scheduler));
    const scale = (of: (alpha: number) => number): CpuTensor =>
      cpuTensor(
        Float32Array.from(timesteps, (timestep) => of(alphasCumprod[timestep] ?? NaN)),
        [timesteps.length, 1, 1, 1],
      );
    return {
      [UNET_NAMES.vScale]: scale((alpha) => Math.sqrt(alpha)),
      [UNET_NAMES.sampleScale]: scale((alpha) => Math.sqrt(1 - alpha)),
    };
  }

  #freeUFeeds(
    [, , height = 0, width = 0]: readonly number[],
    freeU: FreeU | undefined,
  ): Readonly<Record<string, CpuTensor>> {
    const key = JSON.stringify([height, width, freeU]);
    const known = this.#freeU.get(key);
    if (known !== undefined) return known;
    if (this.#freeU.size >= KEPT_FREE_U) this.#freeU.clear();
    const feeds = freeUFeeds(this.#parts.graph.upBlocks, { height, width }, freeU);
    this.#freeU.set(key, feeds);
    return feeds;
  }

  #outputNames(capture: DenoiserRequest['capture']): readonly string[] {
    const names = new Set<string>([UNET_NAMES.noise]);
    for (const index of this.mixedLayers.keys()) {
      const { key, value, query } = mixedOutputs(index);
      if (capture?.keysValues === true) names.add(key).add(value);
      if (capture?.queries === true) names.add(query);
    }
    if (capture?.attention === true) {
      const { key, query } = mixedOutputs(this.#selfQueryLayer());
      names.add(query).add(UNET_NAMES.textMap).add(key);
    }
    return [...names];
  }

  #selfQueryLayer(): number {
    const { selfQueryLayer, hasTextMap } = this.#parts.graph;
    if (selfQueryLayer !== undefined && hasTextMap) return selfQueryLayer;
    throw new AppError({
      code: 'input/invalid',
      input: 'model',
      reason: 'The network lacks decoder attention at full or half resolution, which masks need.',
      remedy: 'Use another checkpoint, or a drawn mask.',
    });
  }

  #collect(
    outputs: Readonly<Record<string, Tensor>>,
    capture: DenoiserRequest['capture'],
  ): DenoiserResult {
    const take = (name: string): Tensor => {
      const tensor = outputs[name];
      if (tensor === undefined) throw new Error(`The session gave no ${name}.`);
      return tensor;
    };
    const noisePred = take(UNET_NAMES.noise);
    const keysValues = capture?.keysValues === true && {
      layers: this.mixedLayers.map((_layer, index) => {
        const names = mixedOutputs(index);
        return { key: take(names.key), value: take(names.value) };
      }),
    };
    const queries = capture?.queries === true && {
      layers: this.mixedLayers.map((layer, index) => ({
        layer,
        query: take(mixedOutputs(index).query),
      })),
    };
    const captured = { ...(keysValues && { keysValues }), ...(queries && { queries }) };
    if (capture?.attention !== true) return { noisePred, ...captured };
    const layer = this.#selfQueryLayer();
    const names = mixedOutputs(layer);
    const selfQuery = take(names.query);
    const selfKey = take(names.key);
    const attention = {
      // What is given out twice is claimed twice.
      selfQuery: queries ? selfQuery.retain() : selfQuery,
      selfKey: keysValues ? selfKey.retain() : selfKey,
      heads: this.mixedLayers[layer]?.heads ?? 1,
      textMap: take(UNET_NAMES.textMap),
    };
    return { noisePred, attention, ...captured };
  }
}

function giveUpWhenAborted(signal: AbortSignal, outputs: readonly Tensor[]): void {
  if (signal.aborted) for (const tensor of outputs) tensor.dispose();
  signal.throwIfAborted();
}
