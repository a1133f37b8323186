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
import type { Feeds, InferenceSession } from './inference.js';
import { freeUFeeds } from './models/free-u-feeds.js';
import { timestepFeatures } from './models/timestep-features.js';
import type { UnetConfig } from './models/unet-config.js';
import { keyValueOutputs, UNET_NAMES } from './models/unet-names.js';
import type { UnetGraph } from './models/unet2d-condition.js';
import { checkRequest, pairFeeds, plainFeeds } from './unet-feeds.js';

/** What a denoiser is made of. */
export interface DenoiserParts {
  readonly id: string;
  readonly config: UnetConfig;
  readonly graph: UnetGraph;
  readonly session: InferenceSession;
  readonly scheduler: SchedulerConfig;
  /** Tokens of a prompt, for counting work. */
  readonly textTokens: number;
}

/** A U-Net session as the port that the nodes use. The session stays the caller's to release. */
export function createDenoiser(parts: DenoiserParts): Denoiser {
  return new OrtDenoiser(parts);
}

/** Sizes and settings of FreeU whose inputs are kept: a user who drags a slider makes many. */
const KEPT_FREE_U = 8;

class OrtDenoiser implements Denoiser {
  readonly id: string;
  readonly scheduler: SchedulerConfig;
  readonly latentChannels: number;
  readonly sampleSize: number;
  readonly mixedLayers: readonly MixedLayer[];
  readonly #parts: DenoiserParts;
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
    const feeds = {
      ...this.#commonFeeds(request),
      ...plainFeeds(this.mixedLayers.length, size, capture?.attention === true),
    };
    const outputs = await this.#parts.session.run(feeds, names);
    this.#sampleForwards += size.rows;
    giveUpWhenAborted(signal, Object.values(outputs));
    return this.#collect(outputs, capture);
  }

  async predictPair(request: DenoiserPairRequest): Promise<DenoiserPairResult> {
    const { signal, timestep } = request;
    const plain = { ...request, timesteps: [timestep] };
    checkRequest(this.#parts.config, plain);
    const feeds = { ...this.#commonFeeds(plain), ...pairFeeds(this.mixedLayers, request) };
    signal.throwIfAborted();
    const { firstNoise, lastNoise } = UNET_NAMES;
    const outputs = await this.#parts.session.run(feeds, [firstNoise, lastNoise]);
    this.#sampleForwards += 1;
    this.#pairs += 1;
    giveUpWhenAborted(signal, Object.values(outputs));
    return { self: outputs[firstNoise], cross: outputs[lastNoise] };
  }

  #commonFeeds({
    samples,
    promptEmbeds,
    freeU,
    timesteps,
  }: Pick<DenoiserRequest, 'samples' | 'promptEmbeds' | 'freeU' | 'timesteps'>): Feeds {
    const { config } = this.#parts;
    const width = config.blockChannels[0] ?? 0;
    const features = timestepFeatures(timesteps, width, config);
    return {
      ...this.#freeUFeeds(samples.shape, freeU),
      ...this.#predictionFeeds(timesteps),
      [UNET_NAMES.sample]: samples,
      [UNET_NAMES.text]: promptEmbeds,
      [UNET_NAMES.time]: cpuTensor(features, [timesteps.length, width]),
    };
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
    if (capture?.keysValues === true) {
      for (const index of this.mixedLayers.keys()) {
        const { key, value } = keyValueOutputs(index);
        names.add(key).add(value);
      }
    }
    if (capture?.attention === true) {
      names.add(UNET_NAMES.selfQuery).add(UNET_NAMES.textMap);
      names.add(keyValueOutputs(this.#selfQueryLayer()).key);
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
        const names = keyValueOutputs(index);
        return { key: take(names.key), value: take(names.value) };
      }),
    };
    if (capture?.attention !== true) return { noisePred, ...(keysValues && { keysValues }) };
    const layer = this.#selfQueryLayer();
    const selfKey = take(keyValueOutputs(layer).key);
    const attention = {
      selfQuery: take(UNET_NAMES.selfQuery),
      // Given out twice, so claimed twice.
      selfKey: keysValues ? selfKey.retain() : selfKey,
      heads: this.mixedLayers[layer]?.heads ?? 1,
      textMap: take(UNET_NAMES.textMap),
    };
    return { noisePred, attention, ...(keysValues && { keysValues }) };
  }
}

function giveUpWhenAborted(signal: AbortSignal, outputs: readonly Tensor[]): void {
  if (signal.aborted) for (const tensor of outputs) tensor.dispose();
  signal.throwIfAborted();
}
