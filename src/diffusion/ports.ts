import type { MemoryStep } from '../core/memory-step.js';
import type { Resource } from '../core/engine/resource.js';
import type { Picture } from '../core/node/definition.js';
import type { Tensor } from '../tensor/tensor.js';

/** FreeU as the reference code of cross-image attention has it: backbone factors b and low-pass factors s. */
export interface FreeU {
  readonly b1: number;
  readonly b2: number;
  readonly s1: number;
  readonly s2: number;
}

/** A self-attention layer of the decoder whose keys and values can come from another picture, in execution order. */
export interface MixedLayer {
  /** The diffusers module path, such as `up_blocks.2.attentions.0.transformer_blocks.0.attn1`. */
  readonly name: string;
  /** Side of the latent divided by the side of this layer's grid: 1 or 2. */
  readonly downscale: 1 | 2;
  readonly heads: number;
  readonly channels: number;
}

/** Keys and values of the mixed layers, before the head split: `[batch, tokens, channels]` each, in layer order. */
export interface KeysValues {
  readonly layers: readonly { readonly key: Tensor; readonly value: Tensor }[];
}

/** Queries of the mixed layers, before the head split: `[batch, tokens, channels]` each, in layer order. */
export interface LayerQueries {
  readonly layers: readonly { readonly query: Tensor; readonly layer: MixedLayer }[];
}

/** What masks and lenses are made from. */
export interface AttentionFeatures {
  /** Queries and keys of the last decoder self-attention at downscale 1, `[batch, tokens, channels]`. */
  readonly selfQuery: Tensor;
  readonly selfKey: Tensor;
  readonly heads: number;
  /** Mean over heads of the text attention of the last decoder layer at downscale 2, `[batch, tokens, text tokens]`. */
  readonly textMap: Tensor;
}

/** One plain forward of a batch of latents. */
export interface DenoiserRequest {
  /** `[batch, channels, height, width]`. */
  readonly samples: Tensor;
  /** One timestep a sample. */
  readonly timesteps: readonly number[];
  /**
   * `[1, tokens, width]` for all samples, or several for each: row i belongs to sample `i mod batch`, and the results have as many
   * rows as there are prompts. Samples with several prompts cost less than samples given several times.
   */
  readonly promptEmbeds: Tensor;
  readonly freeU: FreeU | undefined;
  /** Timesteps that the run will ask for: what depends on them alone may be computed for all of them at once. */
  readonly ahead?: readonly number[];
  readonly capture?: {
    readonly keysValues?: boolean;
    readonly attention?: boolean;
    readonly queries?: boolean;
  };
  readonly signal: AbortSignal;
}

/** What a plain forward gives; the caller owns the tensors. */
export interface DenoiserResult {
  /** Predicted noise, the shape of the samples, or a row for each prompt where a sample has several. */
  readonly noisePred: Tensor;
  readonly keysValues?: KeysValues;
  readonly attention?: AttentionFeatures;
  readonly queries?: LayerQueries;
}

/** A forked forward: the same latent with its own and with foreign keys and values; what both share is computed once. */
export interface DenoiserPairRequest {
  /** `[1, channels, height, width]`. */
  readonly samples: Tensor;
  readonly timestep: number;
  readonly promptEmbeds: Tensor;
  readonly freeU: FreeU | undefined;
  /** As for a plain forward. */
  readonly ahead?: readonly number[];
  /** Per mixed layer: foreign keys and values, or undefined for its own, and the contrast β (1 = none). */
  readonly layers: readonly {
    readonly source: ForeignTokens | undefined;
    readonly contrast: number;
    /** Limits `source` to some of the queries; absent when all of them read it. */
    readonly region?: SourceRegion | undefined;
  }[];
  /** Whether contrasted attention is clipped to [0, 1]. */
  readonly clip: boolean;
  /** Whether rows of contrasted attention are divided by their sums afterwards. method.md 16. */
  readonly renormalize?: boolean;
  /** Whether the layer's own keys and values are read beside the foreign ones, in one softmax. method.md 16. */
  readonly besideOwn?: boolean;
  /** Whether the two are computed one after the other, which takes less memory and more work. */
  readonly apart?: boolean;
  readonly signal: AbortSignal;
}

/** Keys and values `[1, count, channels]` that a layer reads in place of its own: a picture's, or some of several pictures'. */
export interface ForeignTokens {
  readonly key: Tensor;
  readonly value: Tensor;
  /** Added to the logits, one for each key, of which there may then be any number; absent: 0, and as many keys as cells. */
  readonly bias?: Float32Array | undefined;
}

/**
 * Attention parted among three sources by the place of the query: `share * source + underShare * under` and what is
 * missing to 1 of the layer's own keys and values, which are not contrasted.
 */
export interface SourceRegion {
  /** `[1, tokens, 1]` each, 0..1, together at most 1. */
  readonly share: Tensor;
  readonly underShare: Tensor;
  /** Read outside of `share`, with the same contrast as the source; own when undefined. */
  readonly under: ForeignTokens | undefined;
}

/** Predicted noise of both passes of a forked forward, `[1, channels, height, width]` each; the caller owns them. */
export interface DenoiserPairResult {
  readonly self: Tensor;
  readonly cross: Tensor;
}

/** U-Net work, in the method's unit: one evaluation of one latent. */
export interface UnetWork {
  /** Latents that went through the whole network (a pair counts once). */
  readonly sampleForwards: number;
  /** How many of them were forked into a self and a cross pass. */
  readonly pairs: number;
}

/** The noise a network was trained on (`scheduler_config.json`); read one with `parseSchedulerConfig`. */
export interface SchedulerConfig {
  readonly numTrainTimesteps: number;
  readonly betaStart: number;
  readonly betaEnd: number;
  readonly betaSchedule: 'linear' | 'scaled_linear';
  /** Added to every timestep, 1 in Stable Diffusion. */
  readonly stepsOffset: number;
  /** Whether the step after the last leads to alpha 1 rather than to that of timestep 0. */
  readonly setAlphaToOne: boolean;
  /**
   * What the network was trained to predict; absent: the noise. `v_prediction` is `sqrt(a) noise - sqrt(1 - a) x0`; a denoiser
   * turns it into the noise by itself.
   */
  readonly predictionType?: 'v_prediction';
}

/** The network that predicts noise (`UNet2DConditionModel`). */
export interface Denoiser {
  /** Content key of the weights and configuration. */
  readonly id: string;
  readonly scheduler: SchedulerConfig;
  readonly latentChannels: number;
  /** The side of the latents it was trained on. */
  readonly sampleSize: number;
  readonly mixedLayers: readonly MixedLayer[];
  /** Share of the multiply-adds of a forward that lie after the fork (0.409 in SD 1.5 at 64 by 64). */
  forkShare(height: number, width: number): number;
  predict(request: DenoiserRequest): Promise<DenoiserResult>;
  predictPair(request: DenoiserPairRequest): Promise<DenoiserPairResult>;
  /** Work done since the denoiser was made. */
  work(): UnetWork;
}

/** CONDITIONING: an encoded prompt. */
export interface Conditioning {
  /** Content key: text encoder and prompt. */
  readonly key: string;
  readonly prompt: string;
  /** `[1, tokens, width]`. */
  readonly promptEmbeds: Tensor;
  /** The prompt's words with the tokens each became, for masks by noun. */
  readonly words: readonly { readonly text: string; readonly tokens: readonly number[] }[];
}

/** Prompt to embeddings (tokenizer and `CLIPTextModel`). */
export interface TextEncoder {
  readonly id: string;
  /** Pads or cuts to the model's length; a cut prompt is told through `warn`. */
  encode(
    prompt: string,
    signal: AbortSignal,
    warn: (message: string) => void,
  ): Promise<Conditioning>;
  /** Hidden states `[1, ids, width]` of token ids as they are, begin, end and padding included. */
  encodeTokens(ids: readonly number[], signal: AbortSignal): Promise<Tensor>;
}

/** Picture to latent and back (`AutoencoderKL`). */
export interface Vae {
  readonly id: string;
  readonly format: LatentFormat;
  /** `[1, 3, height, width]` in -1..1 to the scaled mode of the posterior, `[1, channels, height / 8, width / 8]`. */
  encode(pixels: Tensor, signal: AbortSignal): Promise<Tensor>;
  /** Scaled latents to `[1, 3, height, width]`, about -1..1, not clamped; `warn` hears what it did for want of memory. */
  decode(samples: Tensor, signal: AbortSignal, warn?: (step: MemoryStep) => void): Promise<Tensor>;
  /**
   * From now on previews of its latents, those that were made before as well, are shown by `previewer` while that is loaded: always
   * because the model says so, or in graphs that say so.
   */
  showThrough?(previewer: string, by: 'model' | 'graph'): void;
}

/** What is true of the latents of one autoencoder. */
export interface LatentFormat {
  readonly channels: number;
  /** Pixels per latent side, 8 in Stable Diffusion. */
  readonly downscale: number;
  readonly scalingFactor: number;
  /** The picture's side in pixels that the checkpoint was made for. */
  readonly nativeSize: number;
  /** Names who shows previews: equal names show the same, in another thread as well. */
  readonly previewer: string;
  /** A quick look at latents `[1, channels, height, width]`: the only thing in a pass that reads back from the device. */
  preview(samples: Tensor): Promise<Picture>;
}

/** A loaded checkpoint; its parts stay loaded until the claim is given back. */
export interface Checkpoint {
  readonly name: string;
  readonly denoiser: Denoiser;
  readonly textEncoder: TextEncoder;
  readonly vae: Vae;
  readonly byteLength: number;
  retain(): this;
  dispose(): void;
}

/** What the files of a library are: whole checkpoints, LoRA files, autoencoders alone, textual inversions. */
export type ModelFileKind = 'checkpoint' | 'lora' | 'vae' | 'embedding';

/** How a checkpoint is read where its files leave a choice. */
export interface CheckpointChoices {
  /** What the U-Net predicts; `auto` believes the files. */
  readonly prediction: 'auto' | 'epsilon' | 'v_prediction';
  /** Takes the averaged (EMA) weights of a checkpoint that has both. */
  readonly averaged: boolean;
}

/** A LoRA file and the factor on what it adds. */
export interface LoraChoice {
  readonly name: string;
  readonly strength: number;
}

/** A network that stays loaded until the claim is given back. */
export interface ClaimedPart<Part> {
  readonly part: Part;
  readonly claim: Resource;
}

/** What a loading node tells and is told. */
export interface LoadingContext {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  /** Takes what the user should know: mixed precisions, keys that fit nothing. */
  readonly warn: (message: string) => void;
}

/** Where checkpoints, LoRA files and autoencoders come from. */
export interface ModelLibrary {
  /** Names that can be loaded, for the widget's list. */
  list(kind?: ModelFileKind): Promise<readonly string[]>;
  /** Content key of a file without loading it. @throws AppError `model/missing`. */
  fingerprint(name: string, kind?: ModelFileKind): Promise<string>;
  /** Networks are put in memory when they are first used. */
  load(
    name: string,
    signal: AbortSignal,
    progress: LoadingContext['progress'],
    options?: { readonly choices?: CheckpointChoices; readonly warn?: LoadingContext['warn'] },
  ): Promise<Checkpoint>;
  /** An autoencoder by itself. */
  loadVae(name: string, context: LoadingContext): Promise<ClaimedPart<Vae>>;
  /** The same network with what a LoRA adds to its weights; it is a network of its own with a claim of its own. */
  patchDenoiser(
    denoiser: Denoiser,
    lora: LoraChoice,
    context: LoadingContext,
  ): Promise<ClaimedPart<Denoiser>>;
  /** Like {@link patchDenoiser}, for the text encoder. */
  patchTextEncoder(
    textEncoder: TextEncoder,
    lora: LoraChoice,
    context: LoadingContext,
  ): Promise<ClaimedPart<TextEncoder>>;
  /** The same text encoder, which knows the word of a textual inversion as well. */
  addEmbedding(
    textEncoder: TextEncoder,
    name: string,
    context: LoadingContext,
  ): Promise<ClaimedPart<TextEncoder>>;
}

/** Where pictures come from and go to. */
export interface PictureStore {
  /** SHA-256 of the stored bytes. @throws AppError `picture/missing`. */
  fingerprint(name: string): Promise<string>;
  /** Decoded 8-bit RGBA. @throws AppError `picture/missing`, `picture/unreadable`. */
  read(name: string): Promise<Picture>;
  /** Keeps a result under a name; returns the name it got. */
  write(name: string, picture: Picture): Promise<string>;
}

/**
 * The small stages of the method on tensors of either place; results lie where the inputs lie. All calls
 * only enqueue work on a GPU, so they return at once; the caller owns the results.
 */
export interface LatentOps {
  /** Copies values to where this run's tensors live. */
  upload(values: Float32Array, shape: readonly number[]): Tensor;
  /** Standard normal values as torch's CUDA generator draws them: call number `call` since seeding. method.md 11.6. */
  gaussian(seed: bigint, call: number, shape: readonly number[]): Tensor;
  /** `scale * x + offset`, element by element. */
  affine(x: Tensor, scale: number, offset: number, clampTo?: readonly [number, number]): Tensor;
  /** `sqrt(a) * x0 + sqrt(1 - a) * noise`: the forward process. */
  addNoise(x0: Tensor, noise: Tensor, alphaCumprod: number): Tensor;
  /** `self + strength * (cross - self)`; also text guidance with (uncond, cond). method.md 7. */
  guide(self: Tensor, cross: Tensor, strength: number): Tensor;
  /** `A x + B eps + sigma z`; `z` undefined counts as zero. method.md 11.3. */
  reverseStep(
    x: Tensor,
    noisePred: Tensor,
    noiseMap: Tensor | undefined,
    step: StepCoefficients,
  ): Tensor;
  /** The noise map with which {@link reverseStep} leads from `x` to `next`. method.md 11.2. */
  noiseMap(next: Tensor, x: Tensor, noisePred: Tensor, step: StepCoefficients): Tensor;
  /** Channel statistics of `style` (over its mask) given to `content` (inside its mask). method.md 9. */
  adain(
    content: Tensor,
    style: Tensor,
    masks?: { readonly content: Tensor; readonly style: Tensor },
  ): Tensor;
  /**
   * `deviation * content + mean`, cell by cell, of the cells of `style` weighed by the cell's row of `weights`
   * `[cells, cells of style]`; inside the mask `[1, 1, height, width]`, blended by it. method.md 16.
   */
  localMoments(content: Tensor, style: Tensor, weights: Tensor, mask?: Tensor): Tensor;
  /** Softmax(Q K^T / sqrt(d)) averaged over heads: `[1, N, C]` twice to `[N, N]`. method.md 10. */
  headMeanAttention(query: Tensor, key: Tensor, heads: number): Promise<Tensor>;
  /** Lloyd's k-means of the rows of `[N, F]` with k-means++ starts; labels of the best of `restarts` runs. method.md 10. */
  kmeans(
    points: Tensor,
    options: { readonly clusters: number; readonly restarts: number; readonly seed: number },
    signal: AbortSignal,
  ): Promise<{ readonly labels: Uint8Array; readonly inertia: number }>;
  /** Stacks along the batch axis. */
  concatBatch(parts: readonly Tensor[]): Tensor;
  /** One sample of a batch, `[1, ...]`. */
  sliceBatch(x: Tensor, index: number): Tensor;
  /** Tokens of several `[1, count, channels]` one after the other: of each those in its `[start, end)` runs, or all. */
  joinTokens(parts: readonly TokenRuns[]): Tensor;
  /** Number of mask values above one half, told without stalling the pass that made it. */
  countMask(mask: Tensor): Promise<number>;
  /** Bytes copied back from the device so far; 0 on the CPU. */
  bytesRead(): number;
}

/** Some tokens of a tensor. */
export interface TokenRuns {
  /** `[1, count, channels]`. */
  readonly tokens: Tensor;
  /** `[start, end)` of tokens; all when absent. */
  readonly runs?: readonly (readonly [start: number, end: number])[] | undefined;
}

/** Coefficients of one reverse step: `x_prev = A x + B eps + sigma z`. method.md 11.3. */
export interface StepCoefficients {
  readonly A: number;
  readonly B: number;
  readonly sigma: number;
}
