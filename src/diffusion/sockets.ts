import type { Sequence } from '../core/engine/sequence.js';
import type { Resource } from '../core/engine/resource.js';
import type { Tensor } from '../tensor/tensor.js';
import type {
  AttentionFeatures,
  Conditioning,
  Denoiser,
  FreeU,
  KeysValues,
  LatentFormat,
  LayerQueries,
  StepCoefficients,
  TextEncoder,
  Vae,
} from './ports.js';

/** IMAGE: `[1, 3, height, width]`, RGB in 0..1. */
export interface Image {
  readonly pixels: Tensor;
}

/** MASK: `[1, 1, height, width]`, 0 or 1 (values between are feathering), at picture or latent size. */
export interface Mask {
  readonly values: Tensor;
}

/** CLUSTERS: the parts that a picture was cut into, and how much a noun stands out in each. method.md 10. */
export interface Clusters {
  /** Number of the part of every cell of the latent, row by row. */
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Mean attention that the noun gets in each part; 0 in a part without cells. */
  readonly scores: readonly number[];
  /** Mean of the scores, the highest left out: a part is foreground above a multiple of it. */
  readonly meanScore: number;
  readonly noun: string;
}

/** PARTS: which part of what it shows every pixel of a picture belongs to. */
export interface Parts {
  /** Label of every pixel, row by row: the position of its part in `names`. */
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly names: readonly string[];
  /** Labels from here on belong to the subject, smaller ones to what is behind it. */
  readonly firstOfSubject: number;
}

/**
 * LATENT: `[1, channels, height / 8, width / 8]`, scaled. `key` names how it was computed, so that two
 * latents with equal keys are equal and work done on one need not be repeated on the other.
 */
export interface Latent {
  readonly samples: Tensor;
  readonly key: string;
  readonly format: LatentFormat;
}

/** MODEL: the denoiser and how it is to be used. */
export interface Model {
  readonly denoiser: Denoiser;
  readonly freeU: FreeU | undefined;
  /** The claim on the checkpoint that keeps the denoiser loaded. */
  readonly checkpoint: Resource;
}

/** CLIP: the text encoder. */
export interface Clip {
  readonly textEncoder: TextEncoder;
  readonly checkpoint: Resource;
}

/** VAE: the autoencoder. */
export interface VaeValue {
  readonly vae: Vae;
  readonly checkpoint: Resource;
  /** The claim on a second autoencoder, through which latents are looked at. */
  readonly preview?: Resource;
}

/** The timesteps of a run: `steps` in all, the noisiest `skip` left out; pass i uses list index k = skip + i. */
export interface StepAxis {
  readonly steps: number;
  readonly skip: number;
}

/** STEP slice: one pass of the denoise loop. */
export interface Step extends StepCoefficients {
  /** Pass number i. */
  readonly index: number;
  /** Passes of the whole axis: steps - skip. */
  readonly total: number;
  readonly axis: StepAxis;
  readonly timestep: number;
  readonly alphaCumprod: number;
  readonly alphaCumprodPrev: number;
}

/** References besides the two of the method. */
export type FurtherSource = 'c' | 'd' | 'e' | 'f';

/** The pictures that a mixed layer can read instead of its own: the two of the method, and further references. */
export type ForeignSource = 'appearance' | 'structure' | FurtherSource;

/** Whose keys and values a mixed layer sees. */
export type KeyValueSource = 'own' | ForeignSource;

/** SCHEDULE slice: what one pass does. */
export interface ScheduleStep {
  readonly index: number;
  readonly total: number;
  /** Source per decoder scale: `half` = 1/2 of the latent's side (32 by 32 in SD 1.5), `full` = 1 (64 by 64). */
  readonly sources: { readonly half: KeyValueSource; readonly full: KeyValueSource };
  /** Sources of single layers, over their scale's: by scale and number in execution order, such as `half.0`. */
  readonly layers: Readonly<Record<string, KeyValueSource>>;
  /** The sources that keep to their masks, where masks are connected. */
  readonly masks: readonly ForeignSource[];
  /**
   * The same for single lanes, in place of `masks`: by scale (`half`, `full`) or by layer (`half.0`), which wins over its
   * scale. Absent when no lane has masks of its own.
   */
  readonly laneMasks?: Readonly<Record<string, readonly ForeignSource[]>>;
  /** β of contrasted attention where a foreign source is read; 1 = none. */
  readonly contrast: number;
  readonly clip: boolean;
  /** Strength of appearance guidance; undefined = not guided (the cross prediction is used as it is). */
  readonly guidance: number | undefined;
  /** How far AdaIN goes, 0..1; 0 = not at all. */
  readonly adain: number;
}

/**
 * INVERSION: a picture's edit-friendly DDPM inversion. Latents and noise maps are borrowed: retain what you keep.
 */
export interface Inversion extends Resource {
  readonly axis: StepAxis;
  /** Content key of everything the inversion depends on. */
  readonly key: string;
  readonly format: LatentFormat;
  /** Coefficients of pass i. */
  step(index: number): Step;
  /** The sampled latent before pass i (x_k, k = skip + i); i = total gives the picture's own latent. */
  latentAt(index: number): Latent;
  /** z_k of pass i, undefined for the last pass (zero by definition). May run the network once when the inversion is lazy. */
  noiseMapAt(index: number, signal: AbortSignal): Promise<Tensor | undefined>;
  /** Key of {@link predictionAt}, told without computing anything. */
  predictionKeyAt(index: number): string;
  /**
   * The latent after pass i when the step is taken with the prediction of this key, if the noise map was
   * made so that it leads there (CFG 1: the sampled x_{k+1}); undefined when the step must be computed. Borrowed.
   */
  successor(index: number, predictionKey: string): Latent | undefined;
  /** The forward of x_k with the inversion's own prompt and CFG 1, remembered: what a consistent branch reuses. */
  predictionAt(index: number, capture: Capture, signal: AbortSignal): Promise<Prediction>;
}

/** What a forward shall keep besides the noise. */
export interface Capture {
  readonly keysValues?: boolean;
  readonly attention?: boolean;
  readonly queries?: boolean;
}

/** A forward's results; borrowed from its owner: retain keys and values before the next await, a full bank drops them. */
export interface Prediction {
  /** Content key: network, FreeU, latent, timestep and prompt. */
  readonly key: string;
  readonly noisePred: Tensor;
  readonly keysValues: KeysValues | undefined;
  readonly attention: AttentionFeatures | undefined;
  readonly queries: LayerQueries | undefined;
}

/** REFERENCE slice: a replayed branch at one pass. Everything it gives is borrowed. */
export interface ReferenceStep {
  readonly index: number;
  /** Keys of the latent before this pass and of the forward, told without computing anything. */
  readonly latentKey: string;
  readonly predictionKey: string;
  /** The branch's latent before this pass. */
  latent(signal: AbortSignal): Promise<Latent>;
  /** The branch's latent after this pass. */
  nextLatent(signal: AbortSignal): Promise<Latent>;
  /** The branch's forward at this pass. */
  prediction(capture: Capture, signal: AbortSignal): Promise<Prediction>;
}

/** REFERENCE: a branch replayed from an inversion. */
export interface Reference extends Sequence<ReferenceStep>, Resource {
  readonly key: string;
  readonly axis: StepAxis;
}

/** NOISE_PRED: predicted noise with the pass it belongs to. */
export interface NoisePred {
  readonly noisePred: Tensor;
  readonly key: string;
  readonly index: number;
}

/** Every socket type and the value it carries; a zone slices the sequences among them. */
export interface Sockets {
  readonly IMAGE: Image;
  readonly MASK: Mask;
  readonly CLUSTERS: Clusters;
  readonly PARTS: Parts;
  readonly LATENT: Latent;
  readonly MODEL: Model;
  readonly CLIP: Clip;
  readonly VAE: VaeValue;
  readonly CONDITIONING: Conditioning;
  readonly INVERSION: Inversion;
  readonly REFERENCE: Reference;
  readonly SCHEDULE: Sequence<ScheduleStep>;
  readonly STEP: Sequence<Step>;
  readonly NOISE_PRED: NoisePred;
}
