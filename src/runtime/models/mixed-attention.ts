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
    /** bool `[rows or 1, 1, 1]`: which rows see the foreign keys and values. */
    foreign: `${name}.foreign`,
    /** bool scalar: the batch is a pair, and its second row is contrasted. */
    contrasted: `${name}.contrasted`,
    /** β and (1 - β) / tokens, `[1]` each. */
    contrast: `${name}.contrast`,
    offset: `${name}.offset`,
    /** bool scalar: the batch is a pair whose second row is parted among three sources by the place of the query. */
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
 * Self-attention whose keys and values may come from another picture. Plain rows go through fused attention. Where the
 * pass is a contrasted pair, row 0 is plain and row 1 is `clip(β softmax(Q Kᵀ / √d) + (1 - β) / N) V`. method.md 6.2.
 * Where it is a parted pair, row 1 is `share * row 1 + under share * under + (1 - both shares) * own`, query by query.
 */
export function mixedAttention(net: Network, own: Projections, shape: MixedShape): Value {
  const whole = wholeAttention(net, own, shape);
  const { graph } = net;
  const names = mixInputs(shape.layer);
  const parted = graph.input(names.parted, 'bool', []);
  const shares = ['one', `share tokens ${String(shape.layer)}`, 'one'];
  graph.input(names.share, 'float32', shares);
  graph.input(names.underShare, 'float32', shares);
  const size = ['one', `under tokens ${String(shape.layer)}`, `under width ${String(shape.layer)}`];
  const under = {
    key: graph.input(names.underKey, 'float32', size),
    value: graph.input(names.underValue, 'float32', size),
  };
  const parts = graph.branch();
  const rest = graph.branch();
  const dims = ['rows', 'tokens', shape.channels];
  parts.output(partedPair(parts, whole, own, under, shape), 'float32', dims);
  rest.output(rest.node('Identity', [whole]), 'float32', dims);
  return graph.node('If', [parted], {
    then_branch: { graph: parts },
    else_branch: { graph: rest },
  });
}

/** The second row of a pair, parted by the place of the query among its own source, the one below and its own keys. */
function partedPair(
  graph: OnnxGraph,
  whole: Value,
  own: Projections,
  under: Pick<Projections, 'key' | 'value'>,
  shape: MixedShape,
): Value {
  const names = mixInputs(shape.layer);
  const row = (x: Value, start: number) =>
    graph.node('Slice', [x, graph.int64([start]), graph.int64([start + 1]), graph.int64([0])]);
  const second = sliceAll(graph, own, 0, 1, 2);
  const plain = attention(graph, second, shape.heads);
  const lower = contrastedRow(graph, { query: second.query, ...under }, shape);
  const weigh = (share: Value, x: Value) =>
    graph.node('Mul', [share, graph.node('Sub', [x, plain])]);
  // Written as changes of the own attention: a share of 1 and one of 0 give what they stand for to the last bit or so.
  const changes = graph.node('Add', [
    weigh(names.share, row(whole, 1)),
    weigh(names.underShare, lower),
  ]);
  return graph.node('Concat', [row(whole, 0), graph.node('Add', [plain, changes])], { axis: 0 });
}

function wholeAttention(net: Network, own: Projections, shape: MixedShape): Value {
  const { graph } = net;
  const names = mixInputs(shape.layer);
  const size = ['one', `foreign tokens ${String(shape.layer)}`, `width ${String(shape.layer)}`];
  const foreign = {
    key: graph.input(names.key, 'float32', size),
    value: graph.input(names.value, 'float32', size),
  };
  const rows = graph.input(names.foreign, 'bool', ['foreign rows', 1, 1]);
  const contrasted = graph.input(names.contrasted, 'bool', []);
  graph.input(names.contrast, 'float32', [1]);
  graph.input(names.offset, 'float32', [1]);
  const mixed = {
    query: own.query,
    key: graph.node('Where', [rows, foreign.key, own.key]),
    value: graph.node('Where', [rows, foreign.value, own.value]),
  };
  const plain = graph.branch();
  const pair = graph.branch();
  const dims = ['rows', 'tokens', shape.channels];
  plain.output(attention(plain, mixed, shape.heads), 'float32', dims);
  pair.output(contrastedPair(pair, mixed, shape), 'float32', dims);
  return graph.node('If', [contrasted], {
    then_branch: { graph: pair },
    else_branch: { graph: plain },
  });
}

function contrastedPair(graph: OnnxGraph, both: Projections, shape: MixedShape): Value {
  const self = attention(graph, sliceAll(graph, both, 0, 0, 1), shape.heads);
  const cross = contrastedRow(graph, sliceAll(graph, both, 0, 1, 2), shape);
  return graph.node('Concat', [self, cross], { axis: 0 });
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
