import type { OnnxGraph, Value } from '../onnx/onnx-graph.js';
import { attention, type Projections } from './attention.js';
import {
  CLIP_INPUTS,
  CROSS_ALONE,
  declareMixInputs,
  GENERAL_INPUTS,
  type MixInputs,
} from './mix-inputs.js';
import type { Network } from './network.js';
import type { Precision } from './weights.js';

/** The largest attention map that is made in one piece; larger ones are made a few heads at a time. */
const MAX_MAP_BYTES = 2 ** 27;

/** What one mixed layer looks like. */
export interface MixedShape {
  readonly layer: number;
  readonly heads: number;
  readonly channels: number;
  /** Cells of the layer at the size the checkpoint was made for. */
  readonly nativeCells: number;
}

/**
 * Self-attention whose keys and values may come from another picture. A pass that mixes nothing goes through fused attention as
 * it is. Row 0 of a mixed pair is plain and row 1 is `clip(β softmax(Q Kᵀ / √d) + (1 - β) / N) V` on its source. method.md 6.2.
 * Where it is parted, row 1 is `share * row 1 + under share * under + (1 - both shares) * own`, query by query.
 * In its general form the keys may be any number, with a bias each and the own keys beside them, and the rows of
 * attention may be divided by their sums. method.md 16. A pair that mixes is computed in full precision.
 */
export function mixedAttention(net: Network, own: Projections, shape: MixedShape): Value {
  const { graph } = net;
  const inputs = declareMixInputs(graph, shape.layer);
  const dims = ['rows', 'tokens', shape.channels];
  return choose(
    graph,
    inputs.mixed,
    dims,
    (pair) => {
      const full = (value: Value): Value => net.full(value, pair);
      const exact = { query: full(own.query), key: full(own.key), value: full(own.value) };
      return net.working(mixedPair(pair, exact, inputs, shape), pair);
    },
    (plain) => attention(plain, own, shape.heads),
    net.precision,
  );
}

/** One of two values, of which only the chosen one is computed. */
export function choose(
  graph: OnnxGraph,
  condition: Value,
  dims: readonly (string | number)[],
  yes: (branch: OnnxGraph) => Value,
  no: (branch: OnnxGraph) => Value,
  precision: Precision = 'float32',
): Value {
  const [then, otherwise] = [graph.branch(), graph.branch()];
  then.output(yes(then), precision, dims);
  otherwise.output(no(otherwise), precision, dims);
  return graph.node('If', [condition], {
    then_branch: { graph: then },
    else_branch: { graph: otherwise },
  });
}

function mixedPair(
  graph: OnnxGraph,
  both: Projections,
  inputs: MixInputs,
  shape: MixedShape,
): Value {
  // The last row is the second of two, or the only one.
  const own = sliceAll(graph, both, 0, -1, LAST);
  const dims = [1, 'tokens', shape.channels];
  const foreign = { query: own.query, key: inputs.key, value: inputs.value };
  const whole = choose(
    graph,
    inputs.general,
    dims,
    (wide) => generalRow(wide, own, foreign, shape, generalOf(inputs)),
    (rest) => sourceRow(rest, own, inputs, shape),
  );
  const cross = choose(
    graph,
    inputs.parted,
    dims,
    (parts) => partedRow(parts, whole, own, inputs, shape),
    (rest) => rest.node('Identity', [whole]),
  );
  return choose(
    graph,
    CROSS_ALONE,
    ['rows', 'tokens', shape.channels],
    (alone) => alone.node('Identity', [cross]),
    (rest) => {
      const self = attention(rest, sliceAll(rest, both, 0, 0, 1), shape.heads);
      return rest.node('Concat', [self, cross], { axis: 0 });
    },
  );
}

/** Past the end of any axis. */
const LAST = 2 ** 31 - 1;

/** A row on as many foreign keys as it has own ones, or on those. */
function sourceRow(
  graph: OnnxGraph,
  own: Projections,
  inputs: MixInputs,
  shape: MixedShape,
): Value {
  const mixed = {
    query: own.query,
    key: graph.node('Where', [inputs.foreign, inputs.key, own.key]),
    value: graph.node('Where', [inputs.foreign, inputs.value, own.value]),
  };
  return choose(
    graph,
    inputs.contrasted,
    [1, 'tokens', shape.channels],
    (steep) => contrastedRow(steep, mixed, shape, inputs),
    (plain) => attention(plain, mixed, shape.heads),
  );
}

function generalOf(inputs: MixInputs): General {
  return { contrast: inputs.contrast, offset: inputs.offset, bias: inputs.bias };
}

/** Names of what contrasts a row of as many keys as cells. */
type Contrast = Pick<MixInputs, 'contrast' | 'offset' | 'low' | 'high'>;

/** A row in the general form. */
function generalRow(
  graph: OnnxGraph,
  own: Projections,
  foreign: Projections,
  shape: MixedShape,
  general: General,
): Value {
  const withOwn = (mine: Value, theirs: Value): Value =>
    choose(
      graph,
      GENERAL_INPUTS.besideOwn,
      [1, 'general keys', shape.channels],
      (both) => both.node('Concat', [mine, theirs], { axis: 1 }),
      (one) => one.node('Identity', [theirs]),
    );
  const row = {
    query: own.query,
    key: withOwn(own.key, foreign.key),
    value: withOwn(own.value, foreign.value),
  };
  // Twice the keys, so half the heads at a time.
  const wide = { ...shape, nativeKeys: 2 * shape.nativeCells };
  return byHeads(graph, row, wide, (...heads) => generalHeads(graph, ...heads, general));
}

/** A row parted by the place of the query among its own source, the one below and its own keys. */
function partedRow(
  graph: OnnxGraph,
  whole: Value,
  own: Projections,
  inputs: MixInputs,
  shape: MixedShape,
): Value {
  const plain = attention(graph, own, shape.heads);
  const under = { query: own.query, key: inputs.underKey, value: inputs.underValue };
  const { contrast, underOffset: offset, underBias: bias } = inputs;
  const lower = choose(
    graph,
    inputs.general,
    [1, 'tokens', shape.channels],
    (wide) => generalRow(wide, own, under, shape, { contrast, offset, bias }),
    (rest) => contrastedRow(rest, under, shape, inputs),
  );
  const weigh = (share: Value, x: Value) =>
    graph.node('Mul', [share, graph.node('Sub', [x, plain])]);
  // Written as changes of the own attention: a share of 1 and one of 0 give what they stand for to the last bit or so.
  const changes = graph.node('Add', [weigh(inputs.share, whole), weigh(inputs.underShare, lower)]);
  return graph.node('Add', [plain, changes]);
}

/** Names of what contrasts a row in the general form, and of the bias of its keys. */
interface General {
  readonly contrast: Value;
  readonly offset: Value;
  readonly bias: Value;
}

/** `clip(β softmax(Q Kᵀ / √d) + (1 - β) / N) V` of one row. */
function contrastedRow(
  graph: OnnxGraph,
  cross: Projections,
  shape: MixedShape,
  contrast: Contrast,
): Value {
  return byHeads(graph, cross, shape, (...heads) => contrastedHeads(graph, ...heads, contrast));
}

/** What `attend` gives for all heads, a few heads at a time where the map is large. */
function byHeads(
  graph: OnnxGraph,
  cross: Projections,
  shape: MixedShape & { readonly nativeKeys?: number },
  attend: (cross: Projections, heads: number, width: number) => Value,
): Value {
  const groups = headGroups(shape);
  const width = shape.channels / groups;
  const parts = Array.from({ length: groups }, (_unused, group) =>
    attend(
      groups === 1 ? cross : sliceAll(graph, cross, 2, group * width, (group + 1) * width),
      shape.heads / groups,
      width,
    ),
  );
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : graph.node('Concat', parts, { axis: 2 });
}

function headGroups({
  heads,
  nativeCells,
  nativeKeys = nativeCells,
}: MixedShape & { readonly nativeKeys?: number }): number {
  const wanted = Math.ceil((heads * nativeCells * nativeKeys * 4) / MAX_MAP_BYTES);
  for (let groups = wanted; groups < heads; groups++) if (heads % groups === 0) return groups;
  return heads;
}

function sliceAll(
  graph: OnnxGraph,
  { query, key, value }: Projections,
  axis: number,
  start: number,
  end: number,
): Projections {
  const slice = (x: Value) =>
    graph.node('Slice', [x, graph.int64([start]), graph.int64([end]), graph.int64([axis])]);
  return { query: slice(query), key: slice(key), value: slice(value) };
}

/**
 * Contrast reaches the map in its clip alone: `clip(β s + o, l, h)` is `β clip(s, (l - o) / β, (h - o) / β) + o`, and what β and o
 * do to a whole row can be done to what it gathered, which is much smaller.
 */
function contrastedHeads(
  graph: OnnxGraph,
  { query, key, value }: Projections,
  heads: number,
  width: number,
  { contrast, offset, low, high }: Contrast,
): Value {
  const map = attentionMap(graph, query, key, heads, width);
  const clipped = graph.node('Clip', [map, low, high]);
  const gathered = graph.node('MatMul', [clipped, splitHeads(graph, value, heads, [0, 2, 1, 3])]);
  const steep = graph.node('Mul', [mergedHeads(graph, gathered, width), contrast]);
  const sum = graph.node('ReduceSum', [value, graph.int64([1])], { keepdims: 1 });
  return graph.node('Add', [steep, graph.node('Mul', [sum, offset])]);
}

/** `clip(β softmax(Q Kᵀ / √d + bias) + (1 - β) / N) V`, its rows of weights divided by their sums where wanted. */
function generalHeads(
  graph: OnnxGraph,
  { query, key, value }: Projections,
  heads: number,
  width: number,
  { contrast, offset, bias }: General,
): Value {
  const map = attentionMap(graph, query, key, heads, width, bias);
  const steep = graph.node('Mul', [map, contrast]);
  const centred = graph.node('Add', [steep, offset]);
  const clipped = graph.node('Clip', [centred, CLIP_INPUTS.low, CLIP_INPUTS.high]);
  const gathered = graph.node('MatMul', [clipped, splitHeads(graph, value, heads, [0, 2, 1, 3])]);
  return mergedHeads(graph, renormalized(graph, gathered, clipped), width);
}

/** `[1, heads, count, channels of a head]` as `[1, count, width]`. */
function mergedHeads(graph: OnnxGraph, x: Value, width: number): Value {
  const merged = graph.node('Transpose', [x], { perm: [0, 2, 1, 3] });
  return graph.node('Reshape', [merged, graph.int64([0, 0, width])]);
}

/** What rows of weights gathered, divided by their sums to the power 0 or 1. */
function renormalized(graph: OnnxGraph, gathered: Value, weights: Value): Value {
  const sums = graph.node('ReduceSum', [weights, graph.int64([-1])], { keepdims: 1 });
  const one = graph.float32([1]);
  const excess = graph.node('Mul', [graph.node('Sub', [sums, one]), GENERAL_INPUTS.renormalize]);
  return graph.node('Div', [gathered, graph.node('Add', [excess, one])]);
}

/**
 * Attention of `[batch, count, width]` queries on keys, made explicit: `[batch, heads, queries, keys]`. `bias` is added to the
 * logits.
 */
export function attentionMap(
  graph: OnnxGraph,
  query: Value,
  key: Value,
  heads: number,
  width: number,
  bias?: Value,
): Value {
  const scale = graph.float32([(width / heads) ** -0.5]);
  const scaled = graph.node('Mul', [query, scale]);
  const logits = graph.node('MatMul', [
    splitHeads(graph, scaled, heads, [0, 2, 1, 3]),
    splitHeads(graph, key, heads, [0, 2, 3, 1]),
  ]);
  const biased = bias === undefined ? logits : graph.node('Add', [logits, bias]);
  return graph.node('Softmax', [biased], { axis: -1 });
}

function splitHeads(
  graph: OnnxGraph,
  x: Value,
  heads: number,
  perm: readonly [number, number, number, number],
): Value {
  return graph.node('Transpose', [graph.node('Reshape', [x, graph.int64([0, 0, heads, -1])])], {
    perm,
  });
}
