import type { OnnxGraph, Value } from '../onnx/onnx-graph.js';
import { attention, type Projections } from './attention.js';
import type { Network } from './network.js';

/** Names of the inputs with which a pass sets a mixed layer. */
export function mixInputs(layer: number) {
  const name = `mix.${String(layer)}`;
  return {
    /** Foreign keys and values `[1, tokens, channels]`, or anything of shape `[1, 1, 1]` where they are not used. */
    key: `${name}.key`,
    value: `${name}.value`,
    /** bool scalar: the batch is a pair whose second row is not plain self-attention; without it the inputs below say nothing. */
    mixed: `${name}.mixed`,
    /** bool `[1, 1, 1]`: the second row sees the foreign keys and values. */
    foreign: `${name}.foreign`,
    /** bool scalar: the second row is contrasted. */
    contrasted: `${name}.contrasted`,
    /** β and (1 - β) / tokens, `[1]` each. */
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
  } as const;
}

/** Names of the inputs that bound contrasted attention, scalars. */
export const CLIP_INPUTS = { low: 'clip.low', high: 'clip.high' } as const;

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
 */
export function mixedAttention(net: Network, own: Projections, shape: MixedShape): Value {
  const { graph } = net;
  const inputs = declareInputs(graph, shape.layer);
  const dims = ['rows', 'tokens', shape.channels];
  return choose(
    graph,
    inputs.mixed,
    dims,
    (pair) => mixedPair(pair, own, inputs, shape),
    (plain) => attention(plain, own, shape.heads),
  );
}

type MixInputs = ReturnType<typeof mixInputs>;

function declareInputs(graph: OnnxGraph, layer: number): MixInputs {
  const names = mixInputs(layer);
  const at = String(layer);
  for (const name of [names.mixed, names.contrasted, names.parted]) graph.input(name, 'bool', []);
  graph.input(names.foreign, 'bool', [1, 1, 1]);
  for (const name of [names.contrast, names.offset]) graph.input(name, 'float32', [1]);
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
function choose(
  graph: OnnxGraph,
  condition: Value,
  dims: readonly (string | number)[],
  yes: (branch: OnnxGraph) => Value,
  no: (branch: OnnxGraph) => Value,
): Value {
  const [then, otherwise] = [graph.branch(), graph.branch()];
  then.output(yes(then), 'float32', dims);
  otherwise.output(no(otherwise), 'float32', dims);
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
  const self = attention(graph, sliceAll(graph, both, 0, 0, 1), shape.heads);
  const own = sliceAll(graph, both, 0, 1, 2);
  const dims = [1, 'tokens', shape.channels];
  const mixed = {
    query: own.query,
    key: graph.node('Where', [inputs.foreign, inputs.key, own.key]),
    value: graph.node('Where', [inputs.foreign, inputs.value, own.value]),
  };
  const whole = choose(
    graph,
    inputs.contrasted,
    dims,
    (steep) => contrastedRow(steep, mixed, shape),
    (plain) => attention(plain, mixed, shape.heads),
  );
  const cross = choose(
    graph,
    inputs.parted,
    dims,
    (parts) => partedRow(parts, whole, own, inputs, shape),
    (rest) => rest.node('Identity', [whole]),
  );
  return graph.node('Concat', [self, cross], { axis: 0 });
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
  const lower = contrastedRow(graph, under, shape);
  const weigh = (share: Value, x: Value) =>
    graph.node('Mul', [share, graph.node('Sub', [x, plain])]);
  // Written as changes of the own attention: a share of 1 and one of 0 give what they stand for to the last bit or so.
  const changes = graph.node('Add', [weigh(inputs.share, whole), weigh(inputs.underShare, lower)]);
  return graph.node('Add', [plain, changes]);
}

/** `clip(β softmax(Q Kᵀ / √d) + (1 - β) / N) V` of one row, a few heads at a time where the map is large. */
function contrastedRow(graph: OnnxGraph, cross: Projections, shape: MixedShape): Value {
  const groups = headGroups(shape);
  const width = shape.channels / groups;
  const parts = Array.from({ length: groups }, (_unused, group) =>
    contrastedHeads(
      graph,
      groups === 1 ? cross : sliceAll(graph, cross, 2, group * width, (group + 1) * width),
      shape.heads / groups,
      width,
      shape.layer,
    ),
  );
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : graph.node('Concat', parts, { axis: 2 });
}

function headGroups({ heads, nativeCells }: MixedShape): number {
  const wanted = Math.ceil((heads * nativeCells ** 2 * 4) / MAX_MAP_BYTES);
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
  layer: number,
): Value {
  const names = mixInputs(layer);
  const map = attentionMap(graph, query, key, heads, width);
  const steep = graph.node('Mul', [map, names.contrast]);
  const centred = graph.node('Add', [steep, names.offset]);
  const clipped = graph.node('Clip', [centred, CLIP_INPUTS.low, CLIP_INPUTS.high]);
  const gathered = graph.node('MatMul', [clipped, splitHeads(graph, value, heads, [0, 2, 1, 3])]);
  const merged = graph.node('Transpose', [gathered], { perm: [0, 2, 1, 3] });
  return graph.node('Reshape', [merged, graph.int64([0, 0, width])]);
}

/** Attention of `[batch, count, width]` queries on keys, made explicit: `[batch, heads, queries, keys]`. */
export function attentionMap(
  graph: OnnxGraph,
  query: Value,
  key: Value,
  heads: number,
  width: number,
): Value {
  const scale = graph.float32([(width / heads) ** -0.5]);
  const scaled = graph.node('Mul', [query, scale]);
  const logits = graph.node('MatMul', [
    splitHeads(graph, scaled, heads, [0, 2, 1, 3]),
    splitHeads(graph, key, heads, [0, 2, 3, 1]),
  ]);
  return graph.node('Softmax', [logits], { axis: -1 });
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
