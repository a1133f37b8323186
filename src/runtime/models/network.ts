import { ELEMENT_TYPE, OnnxGraph, type Value } from '../onnx/onnx-graph.js';
import type { Precision, RowRange, WeightSource } from './weights.js';
import { WorkTally } from './work-tally.js';

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
  /** The axis of a feature map's channels. */
  readonly channelAxis: 1 | 3;
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

const LAYER_NORM_EPSILON = 1e-5;

/** A network under construction: the graph, its weights, its profile and the count of its work. */
export class Network {
  #graph = new OnnxGraph();
  readonly work = new WorkTally();
  readonly weights: WeightSource;
  readonly ops: OpProfile;
  /** The type of feature maps and tokens, and of the weights that multiply them. */
  readonly precision: Precision;
  /** How many samples the batch has at this point of the graph, an int64 value of one element; see {@link setBatch}. */
  batch: Value = '';
  #shapes: ReadonlyMap<string, Value> = new Map();

  constructor(weights: WeightSource, ops: OpProfile, precision: Precision = 'float32') {
    this.weights = weights;
    this.ops = ops;
    this.precision = precision;
  }

  /** A feature map's or tokens' value in full precision: for norms, for contrast, and to give out. */
  full(value: Value, graph: OnnxGraph = this.graph): Value {
    if (this.precision === 'float32') return value;
    return graph.node('Cast', [value], { to: ELEMENT_TYPE.float32 });
  }

  /** A value in full precision in that of feature maps and tokens. */
  working(value: Value, graph: OnnxGraph = this.graph): Value {
    if (this.precision === 'float32') return value;
    return graph.node('Cast', [value], { to: ELEMENT_TYPE[this.precision] });
  }

  /** The graph, or the branch of {@link within}. */
  get graph(): OnnxGraph {
    return this.#graph;
  }

  /** Whatever `build` adds goes into a branch of the graph. */
  within<Result>(branch: OnnxGraph, build: () => Result): Result {
    const [graph, shapes] = [this.#graph, this.#shapes];
    this.#graph = branch;
    try {
      return build();
    } finally {
      this.#graph = graph;
      // What was made inside is not seen outside.
      this.#shapes = shapes;
    }
  }

  /** From here on the batch has as many rows as `value`. */
  setBatch(value: Value): void {
    this.batch = this.graph.node('Shape', [value], { start: 0, end: 1 });
  }

  /** A weight vector or matrix in the precision of feature maps; see {@link WeightSource.value}. */
  weight(
    name: string,
    dims: readonly number[],
    stored?: readonly (readonly number[])[],
    rows?: RowRange,
  ): Value {
    return this.weights.value(this.graph, name, dims, { stored, rows, precision: this.precision });
  }

  /** Gain or offset of a norm: a weight vector in full precision, whatever that of feature maps is. */
  normWeight(
    name: string,
    dims: readonly number[],
    stored?: readonly (readonly number[])[],
  ): Value {
    return this.weights.value(this.graph, name, dims, { stored, precision: 'float32' });
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
    this.#shapes = new Map([...this.#shapes, [key, joined]]);
    return joined;
  }

  /** Height and width of the grid at a downscale, as `make` gives them the first time. */
  gridSize(downscale: number, make: () => Value): Value {
    const key = `grid ${String(downscale)}`;
    const size = this.#shapes.get(key) ?? make();
    this.#shapes = new Map([...this.#shapes, [key, size]]);
    return size;
  }

  /** A linear layer under its diffusers name, weights `[out, in]` or as a convolution of kernel 1; `rows` takes some of its outputs. */
  linear(
    x: Tokens,
    name: string,
    out: number,
    options: { readonly bias?: false; readonly rows?: RowRange } = {},
  ): Tokens {
    const dims = [out, x.channels];
    const rows = options.rows ?? [0, out];
    const kernel = this.weight(`${name}.weight`, dims, [dims, [...dims, 1, 1]], rows);
    const bias =
      options.bias === false ? [] : [this.weight(`${name}.bias`, [out], undefined, rows)];
    const channels = rows[1] - rows[0];
    this.work.add(channels * x.channels, x.extent);
    const value = this.graph.node('Gemm', [x.value, kernel, ...bias], { transB: 1 });
    return { value, channels, extent: x.extent };
  }

  /** Layer normalisation under its diffusers name. */
  layerNorm(x: Tokens, name: string, epsilon = LAYER_NORM_EPSILON): Tokens {
    const gain = this.normWeight(`${name}.weight`, [x.channels]);
    const offset = this.normWeight(`${name}.bias`, [x.channels]);
    const normed = this.graph.node('LayerNormalization', [this.full(x.value), gain, offset], {
      axis: -1,
      epsilon: { float: epsilon },
    });
    return { ...x, value: this.working(normed) };
  }

  /** Element-wise sum of two token values. */
  addTokens(x: Tokens, y: Tokens): Tokens {
    return { ...x, value: this.graph.node('Add', [x.value, y.value]) };
  }

  /** Element-wise sum of two feature maps. */
  addMaps(x: FeatureMap, y: FeatureMap): FeatureMap {
    return { ...x, value: this.graph.node('Add', [x.value, y.value]) };
  }

  /** Vectors `[rows, width]` so that they, or parts of them along `OpProfile.channelAxis`, can be added to feature maps. */
  vectors(value: Value): Value {
    const dims = this.ops.channelAxis === 1 ? [0, -1, 1, 1] : [0, 1, 1, -1];
    return this.graph.node('Reshape', [value, this.graph.int64(dims)]);
  }

  /** Adds a vector of {@link vectors}, of one row or as many as the map has, to every cell. */
  addVector(x: FeatureMap, vector: Value): FeatureMap {
    return { ...x, value: this.graph.node('Add', [x.value, vector]) };
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
      readonly bias?: false;
    } = {},
  ): FeatureMap {
    const { kernel = 3, stride = 1 } = options;
    const side = kernel === 3 ? 1 : 0;
    const weights = {
      kernel: this.weight(`${name}.weight`, [out, x.channels, kernel, kernel]),
      bias:
        options.bias === false
          ? this.working(this.graph.float32(Array.from({ length: out }, () => 0)))
          : this.weight(`${name}.bias`, [out]),
    };
    this.work.add(out * x.channels * kernel ** 2, x.downscale * stride);
    const padding = options.padding ?? ([side, side] as const);
    return this.ops.conv(this, x, weights, out, { kernel, stride, padding });
  }
}
