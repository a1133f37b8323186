import type { WeightsInUse } from '../core/forecast/node-forecast.js';
import type { MixedLayer, SchedulerConfig } from './ports.js';

/** Multiply-adds that a network does for each combination of cells, text tokens and samples. */
export interface WorkTerm {
  readonly each: number;
  /** One per cell of the grid at a downscale of the network's input, per text token, or per sample. */
  readonly extents: readonly (number | 'text' | 'sample')[];
  /** Done once for each row of a forked batch. */
  readonly isForked: boolean;
}

/** From here on a network's half-precision weights stay as they are in the CPU's memory; smaller ones are widened once. */
export const LARGE_WEIGHT_BYTES = 2 ** 26;

/** What a network's configuration tells of it. */
export interface NetworkFacts {
  readonly weightBytes: number;
  /** How the weights lie in their file; undefined when the file does not tell. */
  readonly dtype: 'f32' | 'f16' | undefined;
  /** Bytes of its largest weight as it is computed with, in 32 bits: that much must lie in one buffer. */
  readonly largestBytes: number;
}

/** What is known of a checkpoint without its weights. Plain data: crosses a thread. */
export interface ModelFacts {
  readonly name: string;
  readonly scheduler: SchedulerConfig;
  readonly unet: NetworkFacts & {
    readonly work: readonly WorkTerm[];
    readonly latentChannels: number;
    readonly sampleSize: number;
    readonly blockChannels: readonly number[];
    readonly layersPerBlock: number;
    readonly mixedLayers: readonly Pick<MixedLayer, 'downscale' | 'heads' | 'channels'>[];
  };
  readonly text: NetworkFacts & {
    readonly work: readonly WorkTerm[];
    readonly tokens: number;
    readonly width: number;
  };
  readonly vae: VaeFacts;
}

/** What is known of an autoencoder without its weights. */
export interface VaeFacts extends NetworkFacts {
  readonly name: string;
  readonly encoderWork: readonly WorkTerm[];
  readonly decoderWork: readonly WorkTerm[];
  readonly latentChannels: number;
  readonly downscale: number;
  readonly nativeSize: number;
  /** Channels of the widest map at the picture's own size; 0 when there is none. */
  readonly widestChannels: number;
}

/** What forecasts start from: undefined while it is not known, a sentence when it cannot be. */
export interface ForecastFacts {
  readonly model: (name: string) => ModelFacts | string | undefined;
  readonly vae: (name: string) => VaeFacts | string | undefined;
  readonly picture: (
    name: string,
  ) => { readonly width: number; readonly height: number } | string | undefined;
}

/** The weights of a network that work is done with, named by everything that they depend on. */
export function weightsInUse(key: string, { weightBytes, dtype }: NetworkFacts): WeightsInUse {
  return { key, byteLength: weightBytes, dtype };
}

/** The size at which work is counted: of the network's input, in its cells. */
export interface InputSize {
  readonly height: number;
  readonly width: number;
  readonly textTokens: number;
}

/** Multiply-adds of one sample; of the forked part alone when asked. */
export function multiplyAdds(
  terms: readonly WorkTerm[],
  size: InputSize,
  part: 'all' | 'forked' = 'all',
): number {
  const count = (extent: WorkTerm['extents'][number]): number => {
    if (extent === 'sample') return 1;
    return extent === 'text' ? size.textTokens : (size.height * size.width) / extent ** 2;
  };
  return terms
    .filter(({ isForked }) => part === 'all' || isForked)
    .reduce(
      (sum, { each, extents }) =>
        sum + extents.reduce<number>((product, extent) => product * count(extent), each),
      0,
    );
}

/** Bytes of 32-bit values in a shape. */
export function floatBytes(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 4);
}

/** Latents of more cells than a square of this side are decoded in tiles. */
export const LARGEST_WHOLE = 96;
/** Cells of a tile's side. */
export const TILE_SIDE = 64;

/** Bytes of the decoder's widest map for latents of so many cells, which must lie in one buffer. */
export function widestMap(
  { widestChannels, downscale }: VaeFacts,
  height: number,
  width: number,
): number {
  const isTiled = height * width > LARGEST_WHOLE ** 2;
  const [rows, columns] = [height, width].map((side) =>
    isTiled ? Math.min(side, TILE_SIDE) : side,
  );
  return floatBytes([1, widestChannels, (rows ?? 0) * downscale, (columns ?? 0) * downscale]);
}
