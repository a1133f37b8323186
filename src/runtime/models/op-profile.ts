import type { Value } from '../onnx/onnx-graph.js';
import type { Network } from './network.js';

/** Channel maps of a batch of pictures; how they lie in memory is the profile's affair. */
export interface FeatureMap {
  readonly value: Value;
  readonly channels: number;
  /** Side of the graph's input divided by the side of this map. */
  readonly downscale: number;
}

/** Vectors `[batch * count, channels]`: cells of a grid, or text tokens. */
export interface Tokens {
  readonly value: Value;
  readonly channels: number;
  readonly extent: number | 'text';
}

/** A convolution's geometry: square kernel, and padding before and after each axis. */
export interface ConvGeometry {
  readonly kernel: 1 | 3;
  readonly stride: 1 | 2;
  readonly padding: readonly [before: number, after: number];
}

/** The operations whose best form depends on the execution provider. */
export interface OpProfile {
  readonly name: 'portable' | 'webgpu';
  /** `[batch, channels, height, width]` to a feature map. */
  fromPlanes(net: Network, planes: Value, channels: number): FeatureMap;
  /** A feature map to `[batch, channels, height, width]`. */
  toPlanes(net: Network, x: FeatureMap): Value;
  /** Convolution with weights `[out, in, kernel, kernel]`. */
  conv(
    net: Network,
    x: FeatureMap,
    weights: { readonly kernel: Value; readonly bias: Value },
    out: number,
    geometry: ConvGeometry,
  ): FeatureMap;
  /** Group normalisation with gain and offset per channel, then SiLU when `silu`. */
  groupNorm(
    net: Network,
    x: FeatureMap,
    name: string,
    options: { readonly groups: number; readonly epsilon: number; readonly silu: boolean },
  ): FeatureMap;
  /** Adds a vector `[batch or 1, channels]` to every cell. */
  addVector(net: Network, x: FeatureMap, vector: Value): FeatureMap;
  concat(net: Network, a: FeatureMap, b: FeatureMap): FeatureMap;
  /** Doubles the sides by repeating cells. */
  upsample(net: Network, x: FeatureMap): FeatureMap;
  toTokens(net: Network, x: FeatureMap): Tokens;
  fromTokens(net: Network, x: Tokens): FeatureMap;
  /**
   * `gain * x - ((gain * x) F) Mᵀ` over the cells: `gain` is `[channels]`, F and M are `[cells, 7]`. method.md 8.
   */
  lowPass(net: Network, x: FeatureMap, gain: Value, filter: Value, basis: Value): FeatureMap;
  /** The sum of the residual `x` and `y`, and its layer normalisation. */
  addNorm(net: Network, x: Tokens, y: Tokens, norm: string): { sum: Tokens; normed: Tokens };
  /** `a * gelu(b)`, where a and b are the halves of a linear layer of `2 * width`. */
  gatedGelu(net: Network, x: Tokens, linear: string, width: number): Tokens;
}
