import type { OnnxGraph, Value } from '../onnx/onnx-graph.js';
import type { Network, Tokens } from './network.js';

/** Queries, keys and values as `[batch, count, channels]`. */
export interface Projections {
  readonly query: Value;
  readonly key: Value;
  readonly value: Value;
}

/** Softmax attention of `heads` heads on `[batch, count, channels]`; `bias` is added to the logits. */
export function attention(
  graph: OnnxGraph,
  { query, key, value }: Projections,
  heads: number,
  bias?: Value,
): Value {
  const inputs = [query, key, value, ...(bias === undefined ? [] : ['', '', bias])];
  return graph.node('MultiHeadAttention', inputs, { num_heads: heads }, 'com.microsoft');
}

/** Keys or values of the text, `[1 or batch, tokens, channels]`, repeated for each row of the batch. */
export function textProjection(net: Network, text: Text, name: string, channels: number): Value {
  const projected = net.batched(
    net.linear(text.tokens, name, channels, { bias: false }),
    text.batch,
  );
  return net.graph.node('Expand', [projected, net.shape([net.batch, 1, 1])]);
}

/** Text states, and how many rows they have: one for all samples, or one each. */
export interface Text {
  readonly tokens: Tokens;
  readonly batch: Value;
}

/** Counts the two matrix products of attention. */
export function countAttention(
  net: Network,
  channels: number,
  queries: Tokens['extent'],
  keys: Tokens['extent'],
): void {
  net.work.add(2 * channels, queries, keys);
}
