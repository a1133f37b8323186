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

/** Counts the two matrix products of attention. */
export function countAttention(
  net: Network,
  channels: number,
  queries: Tokens['extent'],
  keys: Tokens['extent'],
): void {
  net.work.add(2 * channels, queries, keys);
}
