import { OnnxGraph, type Value } from '../onnx/onnx-graph.js';
import type { FeatureMap, OpProfile, Tokens } from './op-profile.js';
import type { WeightSource } from './weights.js';
import { WorkTally } from './work-tally.js';

const LAYER_NORM_EPSILON = 1e-5;

/** A network under construction: the graph, its weights, its profile and the count of its work. */
export class Network {
  readonly graph = new OnnxGraph();
  readonly work = new WorkTally();
  readonly weights: WeightSource;
  readonly ops: OpProfile;
  /** How many samples the batch has at this point of the graph, an int64 value of one element; see {@link setBatch}. */
  batch: Value = '';
  readonly #shapes = new Map<string, Value>();

  constructor(weights: WeightSource, ops: OpProfile) {
    this.weights = weights;
    this.ops = ops;
  }

  /** From here on the batch has as many rows as `value`. */
  setBatch(value: Value): void {
    this.batch = this.graph.node('Shape', [value], { start: 0, end: 1 });
  }

  /** A weight vector or matrix as a float32 value; see {@link WeightSource.value}. */
  weight(name: string, dims: readonly number[], stored?: readonly (readonly number[])[]): Value {
    return this.weights.value(this.graph, name, dims, stored);
  }

  /** A small int64 tensor joined from pieces, made once however often it is asked for. */
  shape(pieces: readonly (Value | number)[]): Value {
    const key = pieces.join();
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const parts = pieces.map((piece) =>
      typeof piece === 'number' ? this.graph.int64([piece]) : piece,
    );
    const joined = this.graph.node('Concat', parts, { axis: 0 });
    this.#shapes.set(key, joined);
    return joined;
  }

  /** Height and width of the grid at a downscale, as `make` gives them the first time. */
  gridSize(downscale: number, make: () => Value): Value {
    const key = `grid ${String(downscale)}`;
    const size = this.#shapes.get(key) ?? make();
    this.#shapes.set(key, size);
    return size;
  }

  /** A linear layer under its diffusers name, weights `[out, in]` or as a convolution of kernel 1. */
  linear(x: Tokens, name: string, out: number, options: { readonly bias?: false } = {}): Tokens {
    const dims = [out, x.channels];
    const kernel = this.weight(`${name}.weight`, dims, [dims, [...dims, 1, 1]]);
    const bias = options.bias === false ? [] : [this.weight(`${name}.bias`, [out])];
    this.work.add(out * x.channels, x.extent);
    const value = this.graph.node('Gemm', [x.value, kernel, ...bias], { transB: 1 });
    return { value, channels: out, extent: x.extent };
  }

  /** Layer normalisation under its diffusers name. */
  layerNorm(x: Tokens, name: string, epsilon = LAYER_NORM_EPSILON): Tokens {
    const gain = this.weight(`${name}.weight`, [x.channels]);
    const offset = this.weight(`${name}.bias`, [x.channels]);
    const value = this.graph.node('LayerNormalization', [x.value, gain, offset], {
      axis: -1,
      epsilon: { float: epsilon },
    });
    return { ...x, value };
  }

  /** Element-wise sum of two token values. */
  addTokens(x: Tokens, y: Tokens): Tokens {
    return { ...x, value: this.graph.node('Add', [x.value, y.value]) };
  }

  /** Element-wise sum of two feature maps. */
  addMaps(x: FeatureMap, y: FeatureMap): FeatureMap {
    return { ...x, value: this.graph.node('Add', [x.value, y.value]) };
  }

  /** `x * sigmoid(x)`. */
  silu(value: Value): Value {
    return this.graph.node('QuickGelu', [value], { alpha: { float: 1 } }, 'com.microsoft');
  }

  /** Tokens as `[batch, count, channels]`. */
  batched(x: Tokens, batch: Value = this.batch): Value {
    return this.graph.node('Reshape', [x.value, this.shape([batch, -1, x.channels])]);
  }

  /** `[batch, count, channels]` as tokens. */
  flat(value: Value, channels: number, extent: Tokens['extent']): Tokens {
    const rows = this.graph.int64([-1, channels]);
    return { value: this.graph.node('Reshape', [value, rows]), channels, extent };
  }

  /** A convolution under its diffusers name. */
  conv(
    x: FeatureMap,
    name: string,
    out: number,
    options: {
      readonly kernel?: 1 | 3;
      readonly stride?: 1 | 2;
      readonly padding?: readonly [number, number];
    } = {},
  ): FeatureMap {
    const { kernel = 3, stride = 1 } = options;
    const side = kernel === 3 ? 1 : 0;
    const weights = {
      kernel: this.weight(`${name}.weight`, [out, x.channels, kernel, kernel]),
      bias: this.weight(`${name}.bias`, [out]),
    };
    this.work.add(out * x.channels * kernel ** 2, x.downscale * stride);
    const padding = options.padding ?? ([side, side] as const);
    return this.ops.conv(this, x, weights, out, { kernel, stride, padding });
  }
}
