import type { Value } from '../onnx/onnx-graph.js';
import { attention, countAttention } from './attention.js';
import { ConfigReader } from './config-reader.js';
import { Network, type OpProfile, type Tokens } from './network.js';
import type { WeightSource } from './weights.js';

/** The parts of a `CLIPTextModel` config that its builder and its tokenizer need. */
export interface ClipTextConfig {
  readonly width: number;
  readonly feedForwardWidth: number;
  readonly layers: number;
  readonly heads: number;
  /** Tokens of every prompt, padding included. */
  readonly positions: number;
  readonly vocabulary: number;
  readonly activation: 'quick_gelu' | 'gelu';
  readonly epsilon: number;
}

/** Names of the inputs and outputs of the graph. */
export const CLIP_NAMES = {
  /** int32 `[batch, positions]`. */
  tokens: 'tokens',
  /** `[batch, positions, 1]`, 0 where a vector is given in place of a token's; there when `hasAdded` was built. */
  kept: 'kept',
  /** `[batch, positions, width]`, the given vectors, else zeros. */
  added: 'added',
  /** `[1, 1, positions, positions]`, added to the attention logits: see {@link causalMask}. */
  mask: 'mask',
  /** `[batch, positions, width]`, after the final norm. */
  states: 'states',
} as const;

const QUICK_GELU_ALPHA = 1.702;

/**
 * Reads a text encoder's `config.json`.
 * @throws AppError `model/unsupported` naming the option, `model/invalid` for contradictions.
 */
export function parseClipTextConfig(file: string, json: unknown): ClipTextConfig {
  const config = new ConfigReader(file, json);
  config.only('model_type', 'clip_text_model');
  const width = config.integer('hidden_size');
  const heads = config.integer('num_attention_heads');
  if (width % heads !== 0) throw config.unsupported('The width cannot be split into its heads.');
  return {
    width,
    heads,
    feedForwardWidth: config.integer('intermediate_size'),
    layers: config.integer('num_hidden_layers'),
    positions: config.integer('max_position_embeddings', 77),
    vocabulary: config.integer('vocab_size'),
    activation: config.name('hidden_act', ['quick_gelu', 'gelu'], 'quick_gelu'),
    epsilon: config.number('layer_norm_eps', 1e-5),
  };
}

/** The mask with which a token sees itself and what is before it. */
export function causalMask(positions: number): Float32Array {
  return Float32Array.from({ length: positions ** 2 }, (_unused, index) =>
    index % positions > Math.floor(index / positions) ? -1e9 : 0,
  );
}

/**
 * Builds a `CLIPTextModel`: token ids to the states after the final norm. `hasAdded`: vectors can be given in place of those of
 * tokens, so that the table of words stays as it lies in its file.
 */
export function buildClipText(
  config: ClipTextConfig,
  weights: WeightSource,
  profile: OpProfile,
  hasAdded = false,
): Network {
  const net = new Network(weights, profile);
  const { graph } = net;
  const { positions, width } = config;
  const ids = graph.input(CLIP_NAMES.tokens, 'int32', ['batch', positions]);
  graph.input(CLIP_NAMES.mask, 'float32', [1, 1, positions, positions]);
  net.setBatch(ids);
  let x = embeddings(net, config, ids, hasAdded);
  for (let layer = 0; layer < config.layers; layer++) {
    x = encoderLayer(net, x, `text_model.encoder.layers.${String(layer)}`, config);
  }
  const states = net.batched(net.layerNorm(x, 'text_model.final_layer_norm', config.epsilon));
  graph.output(states, 'float32', ['batch', positions, width], CLIP_NAMES.states);
  return net;
}

function embeddings(net: Network, config: ClipTextConfig, ids: Value, hasAdded: boolean): Tokens {
  const { positions, vocabulary, width } = config;
  const name = 'text_model.embeddings';
  const table = net.weight(`${name}.token_embedding.weight`, [vocabulary, width]);
  const places = net.weight(`${name}.position_embedding.weight`, [positions, width]);
  const known = net.graph.node('Gather', [table, ids], { axis: 0 });
  const words = hasAdded ? withAdded(net, known, config) : known;
  return net.flat(net.graph.node('Add', [words, places]), width, 'text');
}

function withAdded({ graph }: Network, known: Value, { positions, width }: ClipTextConfig): Value {
  const kept = graph.input(CLIP_NAMES.kept, 'float32', ['batch', positions, 1]);
  const added = graph.input(CLIP_NAMES.added, 'float32', ['batch', positions, width]);
  return graph.node('Add', [graph.node('Mul', [known, kept]), added]);
}

function encoderLayer(net: Network, x: Tokens, name: string, config: ClipTextConfig): Tokens {
  const { width, heads, epsilon, feedForwardWidth } = config;
  const normed = net.layerNorm(x, `${name}.layer_norm1`, epsilon);
  const project = (part: string) =>
    net.batched(net.linear(normed, `${name}.self_attn.${part}`, width));
  const own = { query: project('q_proj'), key: project('k_proj'), value: project('v_proj') };
  countAttention(net, width, 'text', 'text');
  const attended = net.flat(attention(net.graph, own, heads, CLIP_NAMES.mask), width, 'text');
  const first = net.addTokens(x, net.linear(attended, `${name}.self_attn.out_proj`, width));
  const second = net.layerNorm(first, `${name}.layer_norm2`, epsilon);
  const wide = net.linear(second, `${name}.mlp.fc1`, feedForwardWidth);
  const active = { ...wide, value: activate(net, wide.value, config.activation) };
  return net.addTokens(first, net.linear(active, `${name}.mlp.fc2`, width));
}

function activate(net: Network, value: Value, activation: ClipTextConfig['activation']): Value {
  return activation === 'gelu'
    ? net.graph.node('Gelu', [value], {}, 'com.microsoft')
    : net.graph.node('QuickGelu', [value], { alpha: { float: QUICK_GELU_ALPHA } }, 'com.microsoft');
}
