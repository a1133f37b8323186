import type { Value } from '../onnx/onnx-graph.js';
import { attention, countAttention, type Projections } from './attention.js';
import type { FeatureMap, Network, Tokens } from './network.js';

const GROUP_NORM_EPSILON = 1e-6;

/** How a network wants its transformers. */
export interface TransformerOptions {
  readonly heads: number;
  readonly groups: number;
  /** Keys and values of the text attention of this name, `[batch, tokens, channels]`. */
  readonly text: (name: string, channels: number) => Pick<Projections, 'key' | 'value'>;
  /** Replaces plain self-attention; may change the number of rows of `residual` and of what it returns. */
  readonly selfAttention?: (residual: Tokens, own: Projections) => SelfAttention;
  /** Sees the queries and keys of the text attention, `[batch, count, channels]`. */
  readonly onTextAttention?: (query: Value, key: Value) => void;
}

/** What self-attention gives: its output, and the residual it is to be added to. */
export interface SelfAttention {
  readonly residual: Tokens;
  readonly attended: Value;
}

/** `Transformer2DModel` with one `BasicTransformerBlock`: self-attention, text attention, gated feed-forward. */
export function transformer2d(
  net: Network,
  x: FeatureMap,
  name: string,
  options: TransformerOptions,
): { readonly hidden: Tokens; readonly project: (map: FeatureMap) => FeatureMap } {
  const norm = { groups: options.groups, epsilon: GROUP_NORM_EPSILON, silu: false };
  const normed = net.ops.groupNorm(net, x, `${name}.norm`, norm);
  const tokens = net.linear(net.ops.toTokens(net, normed), `${name}.proj_in`, x.channels);
  const hidden = transformerBlock(net, tokens, `${name}.transformer_blocks.0`, options);
  const project = (map: FeatureMap): FeatureMap =>
    net.addMaps(net.ops.fromTokens(net, net.linear(hidden, `${name}.proj_out`, x.channels)), map);
  return { hidden, project };
}

function transformerBlock(
  net: Network,
  x: Tokens,
  name: string,
  options: TransformerOptions,
): Tokens {
  const self = selfAttention(net, x, name, options);
  const first = net.ops.addNorm(net, self.residual, self.attended, `${name}.norm2`);
  const text = textAttention(net, first.normed, `${name}.attn2`, options);
  const second = net.ops.addNorm(net, first.sum, text, `${name}.norm3`);
  const gated = net.ops.gatedGelu(net, second.normed, `${name}.ff.net.0.proj`, 4 * x.channels);
  return net.addTokens(second.sum, net.linear(gated, `${name}.ff.net.2`, x.channels));
}

function selfAttention(
  net: Network,
  x: Tokens,
  name: string,
  options: TransformerOptions,
): { readonly residual: Tokens; readonly attended: Tokens } {
  const normed = net.layerNorm(x, `${name}.norm1`);
  const project = (part: string) =>
    net.batched(net.linear(normed, `${name}.attn1.${part}`, x.channels, { bias: false }));
  const own = { query: project('to_q'), key: project('to_k'), value: project('to_v') };
  const { residual, attended } = options.selfAttention?.(x, own) ?? {
    residual: x,
    attended: attention(net.graph, own, options.heads),
  };
  countAttention(net, x.channels, x.extent, x.extent);
  const flat = net.flat(attended, x.channels, x.extent);
  return { residual, attended: net.linear(flat, `${name}.attn1.to_out.0`, x.channels) };
}

function textAttention(
  net: Network,
  x: Tokens,
  name: string,
  { heads, text, onTextAttention }: TransformerOptions,
): Tokens {
  const query = net.batched(net.linear(x, `${name}.to_q`, x.channels, { bias: false }));
  const { key, value } = text(name, x.channels);
  onTextAttention?.(query, key);
  countAttention(net, x.channels, x.extent, 'text');
  const attended = attention(net.graph, { query, key, value }, heads);
  return net.linear(net.flat(attended, x.channels, x.extent), `${name}.to_out.0`, x.channels);
}
