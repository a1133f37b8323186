import type { SafetensorsDtype } from '../safetensors.js';

/** What a model is. `sd1` and `sd2` are networks of that structure whatever their widths. */
export type ModelKind =
  | 'sd1'
  | 'sd2'
  | 'sdxl'
  | 'sd3'
  | 'flux'
  | 'inpainting'
  | 'vae'
  | 'lora'
  | 'textual-inversion'
  | 'unknown';

/** What the headers of a model's files tell of it; no weight was read. */
export interface ModelDescription {
  readonly kind: ModelKind;
  /** How its keys are named. */
  readonly layout: 'diffusers' | 'original' | 'kohya' | 'peft' | 'unknown';
  /** Whether it has averaged (EMA) weights of the U-Net beside the others. */
  readonly hasAveraged: boolean;
  /** What the U-Net predicts, where anything says so; `assumed` where only the kind suggests it. */
  readonly prediction: 'epsilon' | 'v_prediction' | undefined;
  readonly isPredictionAssumed: boolean;
  /** Types of the weights, the commonest first; more than one is allowed. */
  readonly dtypes: readonly SafetensorsDtype[];
  /** Networks that are there. */
  readonly components: readonly ('unet' | 'vae' | 'text_encoder')[];
  readonly byteLength: number;
  /** How it was recognised, in sentences. */
  readonly reasons: readonly string[];
  /** Why Crossweave does not run it, with the remedy; undefined when it does. */
  readonly refusal: string | undefined;
}
