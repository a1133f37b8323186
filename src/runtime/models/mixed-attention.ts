import type { OnnxGraph, Value } from '../onnx/onnx-graph.js';
import { attention, type Projections } from './attention.js';
import type { Network } from './network.js';
import type { Precision } from './weights.js';

/** Names of the inputs with which a pass sets a mixed layer. */
export function mixInputs(layer: number) {
  const name = `mix.${String(layer)}`;
  return {
    /** Foreign keys and values `[1, count, channels]`, or anything of shape `[1, 1, 1]` where they are not used. */
    key: `${name}.key`,
    value: `${name}.value`,
    /** bool scalar: the batch is a pair, or its second row alone, which is not plain self-attention; without it the inputs below say nothing. */
    mixed: `${name}.mixed`,
    /** bool `[1, 1, 1]`: the second row sees the foreign keys and values. */
    foreign: `${name}.foreign`,
    /** bool scalar: the second row is contrasted. */
    contrasted: `${name}.contrasted`,
    /** β and (1 - β) / keys, `[1]` each. */
    contrast: `${name}.contrast`,
    offset: `${name}.offset`,
    /** bool scalar: the second row is parted among three sources by the place of the query. */
    parted: `${name}.parted`,
    /** `[1, tokens, 1]` each: how much of the foreign attention a query takes, and of that of the keys below. */
    share: `${name}.share`,
    underShare: `${name}.under.share`,
    /** Like key and value: what is read where the share is not whole. */
    underKey: `${name}.under.key`,
    underValue: `${name}.under.value`,
    /** bool scalar: foreign keys are read in the general form, for which alone the inputs below are. */
    general: `${name}.general`,
    /** Added to the logits of each key, those of the own keys first where they are read too, `[1, 1, 1, keys]`. */
    bias: `${name}.bias`,
    underBias: `${name}.under.bias`,
    /** As offset. */
    underOffset: `${name}.under.offset`,
  } as const;
}

/** bool scalar: the batch is the second row of a pair without the first. */
export const CROSS_ALONE = 'mix.alone';

/** Names of the inputs that bound contrasted attention, scalars. */
export const CLIP_INPUTS = { low: 'clip.low', high: 'clip.high' } as const;

/** Names of the inputs of the general form that all layers share, scalars. */
export const GENERAL_INPUTS = {
  /** bool: the layer's own keys and values are read before the foreign ones. */
  besideOwn: 'general.beside own',
  /** 1 where rows of attention are divided by their sums, else 0. */
  renormalize: 'general.renormalize',
} as const;

/** Declares the inputs that all mixed layers share; once a graph. */
export function declareSharedInputs(graph: OnnxGraph): void {
  for (const name of Object.values(CLIP_INPUTS)) graph.input(name, 'float32', []);
  graph.input(CROSS_ALONE, 'bool', []);
  graph.input(GENERAL_INPUTS.besideOwn, 'bool', []);
  graph.input(GENERAL_INPUTS.renormalize, 'float32', []);
}

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
  const inputs = declareInputs(graph, shape.layer);
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

type MixInputs = ReturnType<typeof mixInputs>;

function declareInputs(graph: OnnxGraph, layer: number): MixInputs {
  const names = mixInputs(layer);
  const at = String(layer);
  const flags = [names.mixed, names.contrasted, names.parted, names.general];
  for (const name of flags) graph.input(name, 'bool', []);
  graph.input(names.foreign, 'bool', [1, 1, 1]);
  for (const name of [names.contrast, names.offset, names.underOffset]) {
    graph.input(name, 'float32', [1]);
  }
  graph.input(names.bias, 'float32', ['one', 'one', 'one', `keys ${at}`]);
  graph.input(names.underBias, 'float32', ['one', 'one', 'one', `under keys ${at}`]);
  for (const name of [names.share, names.underShare]) {
    graph.input(name, 'float32', ['one', `share tokens ${at}`, 'one']);
  }
  for (const name of [names.key, names.value]) {
    graph.input(name, 'float32', ['one', `foreign tokens ${at}`, `width ${at}`]);
  }
  for (const name of [names.underKey, names.underValue]) {
    graph.input(name, 'float32', ['one', `under tokens ${at}`, `under width ${at}`]);
  }
  return names;
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
    (steep) =>
      contrastedRow(steep, mixed, shape, { contrast: inputs.contrast, offset: inputs.offset }),
    (plain) => attention(plain, mixed, shape.heads),
  );
}

function generalOf(inputs: MixInputs): General {
  return { contrast: inputs.contrast, offset: inputs.offset, bias: inputs.bias };
}

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
  return contrastedRow(graph, row, wide, general);
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
    (rest) => contrastedRow(rest, under, shape, { contrast, offset }),
  );
  const weigh = (share: Value, x: Value) =>
    graph.node('Mul', [share, graph.node('Sub', [x, plain])]);
  // Written as changes of the own attention: a share of 1 and one of 0 give what they stand for to the last bit or so.
  const changes = graph.node('Add', [weigh(inputs.share, whole), weigh(inputs.underShare, lower)]);
  return graph.node('Add', [plain, changes]);
}

/** Names of what contrasts a row, and of the bias of its keys where it is in the general form. */
interface General {
  readonly contrast: Value;
  readonly offset: Value;
  readonly bias?: Value;
}

/** `clip(β softmax(Q Kᵀ / √d + bias) + (1 - β) / N) V` of one row, a few heads at a time where the map is large. */
function contrastedRow(
  graph: OnnxGraph,
  cross: Projections,
  shape: MixedShape & { readonly nativeKeys?: number },
  general: General,
): Value {
  const groups = headGroups(shape);
  const width = shape.channels / groups;
  const parts = Array.from({ length: groups }, (_unused, group) =>
    contrastedHeads(
      graph,
      groups === 1 ? cross : sliceAll(graph, cross, 2, group * width, (group + 1) * width),
      shape.heads / groups,
      width,
      general,
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

function contrastedHeads(
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
  const sized = bias === undefined ? gathered : renormalized(graph, gathered, clipped);
  const merged = graph.node('Transpose', [sized], { perm: [0, 2, 1, 3] });
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
