import { AppError } from '../core/errors.js';
import type {
  Denoiser,
  DenoiserPairRequest,
  DenoiserPairResult,
  DenoiserRequest,
  DenoiserResult,
  FreeU,
  MixedLayer,
  SchedulerConfig,
} from '../diffusion/ports.js';
import { cpuTensor, sizeOf, type CpuTensor, type Tensor } from '../tensor/tensor.js';
import type { ControlTensor, Feeds, InferenceSession } from './inference.js';
import { CLIP_INPUTS, mixInputs } from './models/mixed-attention.js';
import { freeUFeeds } from './models/free-u-feeds.js';
import { timestepFeatures } from './models/timestep-features.js';
import type { UnetConfig } from './models/unet-config.js';
import { keyValueOutputs, UNET_NAMES, type UnetGraph } from './models/unet2d-condition.js';

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

const NOTHING = cpuTensor(new Float32Array(1), [1, 1, 1]);
const NO = bool(false);
const YES = bool(true);
const NO_ROW = bool(false, [1, 1, 1]);
const SECOND_ROW: ControlTensor = { type: 'bool', data: Uint8Array.of(0, 1), shape: [2, 1, 1] };
const PAIR_ROWS: ControlTensor = { type: 'int32', data: Int32Array.of(0, 0), shape: [2] };
const LOW = { clipped: scalar(0), free: scalar(-3e38) };
const HIGH = { clipped: scalar(1), free: scalar(3e38) };

class OrtDenoiser implements Denoiser {
  readonly id: string;
  readonly scheduler: SchedulerConfig;
  readonly latentChannels: number;
  readonly sampleSize: number;
  readonly mixedLayers: readonly MixedLayer[];
  readonly #parts: DenoiserParts;
  readonly #freeU = new Map<string, Readonly<Record<string, CpuTensor>>>();
  readonly #plainMix: Feeds;
  #sampleForwards = 0;
  #pairs = 0;

  constructor(parts: DenoiserParts) {
    this.#parts = parts;
    this.id = parts.id;
    this.scheduler = parts.scheduler;
    this.latentChannels = parts.config.inChannels;
    this.sampleSize = parts.config.sampleSize;
    this.mixedLayers = parts.graph.mixedLayers;
    this.#plainMix = plainMix(parts.graph.mixedLayers.length);
  }

  forkShare(height: number, width: number): number {
    const { graph, textTokens } = this.#parts;
    return graph.work.forkShare({ height, width, textTokens });
  }

  work(): { sampleForwards: number; pairs: number } {
    return { sampleForwards: this.#sampleForwards, pairs: this.#pairs };
  }

  async predict(request: DenoiserRequest): Promise<DenoiserResult> {
    const { signal, timesteps, capture } = request;
    const [batch = 0] = this.#check(request.samples, request.promptEmbeds, timesteps.length);
    signal.throwIfAborted();
    const feeds: Feeds = {
      ...this.#commonFeeds(request, timesteps),
      ...this.#plainMix,
      [UNET_NAMES.rows]: rowsOf(batch),
      ...(this.#parts.graph.hasTextMap
        ? { [UNET_NAMES.wantsTextMap]: capture?.attention === true ? YES : NO }
        : {}),
    };
    const outputs = await this.#parts.session.run(feeds, this.#outputNames(capture));
    this.#sampleForwards += batch;
    const result = this.#collect(outputs, capture);
    if (signal.aborted) disposeResult(result);
    signal.throwIfAborted();
    return result;
  }

  async predictPair(request: DenoiserPairRequest): Promise<DenoiserPairResult> {
    const { signal, timestep, clip } = request;
    const [batch] = this.#check(request.samples, request.promptEmbeds, 1);
    if (batch !== 1) throw shapeError('samples', 'A pair takes one latent.');
    signal.throwIfAborted();
    const feeds: Feeds = {
      ...this.#commonFeeds(request, [timestep]),
      ...this.#pairMix(request),
      [UNET_NAMES.rows]: PAIR_ROWS,
      [CLIP_INPUTS.low]: clip ? LOW.clipped : LOW.free,
      [CLIP_INPUTS.high]: clip ? HIGH.clipped : HIGH.free,
      ...(this.#parts.graph.hasTextMap ? { [UNET_NAMES.wantsTextMap]: NO } : {}),
    };
    const { firstNoise, lastNoise } = UNET_NAMES;
    const outputs = await this.#parts.session.run(feeds, [firstNoise, lastNoise]);
    this.#sampleForwards += 1;
    this.#pairs += 1;
    const result = { self: outputs[firstNoise], cross: outputs[lastNoise] };
    if (signal.aborted) {
      result.self.dispose();
      result.cross.dispose();
    }
    signal.throwIfAborted();
    return result;
  }

  #check(samples: Tensor, promptEmbeds: Tensor, timesteps: number): readonly number[] {
    const [batch = 0, channels, height = 0, width = 0] = samples.shape;
    const step = 2 ** (this.#parts.config.blockChannels.length - 1);
    if (samples.shape.length !== 4 || channels !== this.latentChannels || batch === 0) {
      throw shapeError(
        'samples',
        `The latents are [${samples.shape.join(', ')}], but the network takes [batch, ${String(this.latentChannels)}, height, width].`,
      );
    }
    if (height % step !== 0 || width % step !== 0 || height * width === 0) {
      throw shapeError(
        'samples',
        `Latents of ${String(height)} by ${String(width)} do not fit; both sides must be multiples of ${String(step)}.`,
      );
    }
    if (timesteps !== batch) {
      throw shapeError('timesteps', `${String(batch)} latents need as many timesteps.`);
    }
    const [rows, , textWidth] = promptEmbeds.shape;
    if (textWidth !== this.#parts.config.textWidth || (rows !== 1 && rows !== batch)) {
      throw shapeError(
        'promptEmbeds',
        `The prompt is [${promptEmbeds.shape.join(', ')}], but the network takes [1 or ${String(batch)}, tokens, ${String(this.#parts.config.textWidth)}]; use the text encoder of the same checkpoint.`,
      );
    }
    return samples.shape;
  }

  #commonFeeds(
    { samples, promptEmbeds, freeU }: Pick<DenoiserRequest, 'samples' | 'promptEmbeds' | 'freeU'>,
    timesteps: readonly number[],
  ): Feeds {
    const { config } = this.#parts;
    const width = config.blockChannels[0] ?? 0;
    const features = timestepFeatures(timesteps, width, config);
    return {
      ...this.#freeUFeeds(samples.shape, freeU),
      [UNET_NAMES.sample]: samples,
      [UNET_NAMES.text]: promptEmbeds,
      [UNET_NAMES.time]: cpuTensor(features, [timesteps.length, width]),
    };
  }

  #freeUFeeds(
    [, , height = 0, width = 0]: readonly number[],
    freeU: FreeU | undefined,
  ): Readonly<Record<string, CpuTensor>> {
    const key = JSON.stringify([height, width, freeU]);
    const known = this.#freeU.get(key);
    if (known !== undefined) return known;
    // A user who drags a slider makes many of these; only the last few are worth keeping.
    if (this.#freeU.size >= 8) this.#freeU.clear();
    const feeds = freeUFeeds(this.#parts.graph.upBlocks, { height, width }, freeU);
    this.#freeU.set(key, feeds);
    return feeds;
  }

  #pairMix({ layers, samples }: DenoiserPairRequest): Feeds {
    if (layers.length !== this.mixedLayers.length) {
      throw shapeError(
        'layers',
        `The network has ${String(this.mixedLayers.length)} mixed layers.`,
      );
    }
    const [, , height = 0, width = 0] = samples.shape;
    const feeds: Record<string, Tensor | ControlTensor> = {};
    this.mixedLayers.forEach(({ downscale, channels, name }, index) => {
      const { source, contrast = 1 } = layers[index] ?? {};
      const tokens = (height / downscale) * (width / downscale);
      for (const tensor of source === undefined ? [] : [source.key, source.value]) {
        if (tensor.shape.join() === `1,${String(tokens)},${String(channels)}`) continue;
        throw shapeError(
          'layers',
          `Keys and values for ${name} are [${tensor.shape.join(', ')}], but must be [1, ${String(tokens)}, ${String(channels)}]; both pictures must have the same size.`,
        );
      }
      const inputs = mixInputs(index);
      feeds[inputs.key] = source?.key ?? NOTHING;
      feeds[inputs.value] = source?.value ?? NOTHING;
      feeds[inputs.foreign] = source === undefined ? NO_ROW : SECOND_ROW;
      feeds[inputs.contrasted] = contrast === 1 ? NO : YES;
      feeds[inputs.contrast] = cpuTensor(Float32Array.of(contrast), [1]);
      feeds[inputs.offset] = cpuTensor(Float32Array.of((1 - contrast) / tokens), [1]);
    });
    return feeds;
  }

  #outputNames(capture: DenoiserRequest['capture']): readonly string[] {
    const { mixedLayers, selfQueryLayer, hasTextMap } = this.#parts.graph;
    const names = new Set<string>([UNET_NAMES.noise]);
    if (capture?.keysValues === true) {
      mixedLayers.forEach((_layer, index) => {
        const { key, value } = keyValueOutputs(index);
        names.add(key).add(value);
      });
    }
    if (capture?.attention === true) {
      if (selfQueryLayer === undefined || !hasTextMap) {
        throw new AppError({
          code: 'input/invalid',
          input: 'model',
          reason: 'The network has no decoder attention at the scales that masks are made from.',
          remedy: 'Use a checkpoint with attention at full and half resolution, or a drawn mask.',
        });
      }
      names.add(UNET_NAMES.selfQuery).add(UNET_NAMES.textMap);
      names.add(keyValueOutputs(selfQueryLayer).key);
    }
    return [...names];
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
    const wantsKeysValues = capture?.keysValues === true;
    const keysValues = wantsKeysValues && {
      layers: this.mixedLayers.map((_layer, index) => {
        const names = keyValueOutputs(index);
        return { key: take(names.key), value: take(names.value) };
      }),
    };
    const layer = this.#parts.graph.selfQueryLayer ?? 0;
    const selfKey = capture?.attention === true ? take(keyValueOutputs(layer).key) : undefined;
    return {
      noisePred,
      ...(keysValues && { keysValues }),
      ...(selfKey && {
        attention: {
          selfQuery: take(UNET_NAMES.selfQuery),
          // Given out twice, so claimed twice.
          selfKey: wantsKeysValues ? selfKey.retain() : selfKey,
          heads: this.mixedLayers[layer]?.heads ?? 1,
          textMap: take(UNET_NAMES.textMap),
        },
      }),
    };
  }
}

function disposeResult({ noisePred, keysValues, attention }: DenoiserResult): void {
  noisePred.dispose();
  keysValues?.layers.forEach(({ key, value }) => {
    key.dispose();
    value.dispose();
  });
  attention?.selfQuery.dispose();
  attention?.selfKey.dispose();
  attention?.textMap.dispose();
}

function plainMix(layers: number): Feeds {
  const feeds: Record<string, Tensor | ControlTensor> = {
    [CLIP_INPUTS.low]: LOW.clipped,
    [CLIP_INPUTS.high]: HIGH.clipped,
  };
  for (let index = 0; index < layers; index++) {
    const inputs = mixInputs(index);
    feeds[inputs.key] = NOTHING;
    feeds[inputs.value] = NOTHING;
    feeds[inputs.foreign] = NO_ROW;
    feeds[inputs.contrasted] = NO;
    feeds[inputs.contrast] = ONE;
    feeds[inputs.offset] = ZERO;
  }
  return feeds;
}

const ONE = cpuTensor(Float32Array.of(1), [1]);
const ZERO = cpuTensor(Float32Array.of(0), [1]);

function rowsOf(batch: number): ControlTensor {
  return {
    type: 'int32',
    data: Int32Array.from({ length: batch }, (_unused, i) => i),
    shape: [batch],
  };
}

function bool(value: boolean, shape: readonly number[] = []): ControlTensor {
  return { type: 'bool', data: new Uint8Array(sizeOf(shape)).fill(value ? 1 : 0), shape };
}

function scalar(value: number): CpuTensor {
  return cpuTensor(Float32Array.of(value), []);
}

function shapeError(input: string, reason: string): AppError {
  return new AppError({
    code: 'input/invalid',
    input,
    reason,
    remedy: 'Connect what belongs to the same checkpoint and size.',
  });
}
