import { ELEMENT_TYPE, type Value } from '../onnx/onnx-graph.js';
import { Network, type OpProfile, type Tokens } from './network.js';
import type { UnetConfig } from './unet-config.js';
import { CONDITION_NAMES, textInputs } from './unet-names.js';
import type { WeightSource } from './weights.js';

/** The graphs of a U-Net, each with weights of its own: the forward's, the prompt's, the timestep's. */
export type UnetPart = 'forward' | 'text' | 'time';

/** The graph that reads a weight, by its diffusers key. */
export function unetPart(key: string): UnetPart {
  if (/\.attn2\.to_[kv]\./.test(key)) return 'text';
  return /^time_embedding\.|\.time_emb_proj\./.test(key) ? 'time' : 'forward';
}

/**
 * The part of a U-Net that reads the prompt alone: a graph from text states `[1 or rows, tokens, width]` to the keys and values of
 * every text attention, `[rows, tokens, channels]`, with as many rows as the batch has at that attention, so that a forward need not
 * repeat them. It grows with the U-Net that asks for them.
 */
export class TextConditions {
  readonly network: Network;
  readonly #tokens: Tokens;
  readonly #rows: { readonly before: Value; readonly after: Value };
  #layers = 0;

  constructor({ textWidth }: UnetConfig, weights: WeightSource, profile: OpProfile) {
    this.network = new Network(weights, profile);
    const { graph } = this.network;
    const dims = ['prompts', 'tokens', textWidth];
    const text = graph.input(CONDITION_NAMES.text, 'float32', dims);
    this.network.setBatch(text);
    const rows = (name: string): Value =>
      graph.node('Cast', [graph.input(name, 'int32', [1])], { to: ELEMENT_TYPE.int64 });
    this.#rows = { before: rows(CONDITION_NAMES.rows), after: rows(CONDITION_NAMES.forkedRows) };
    this.#tokens = this.network.flat(text, textWidth, 'text');
  }

  /** How many text attentions asked so far. */
  get layers(): number {
    return this.#layers;
  }

  /** Adds the text attention of this name, before the fork of a batch or after it; gives its number, for {@link textInputs}. */
  add(name: string, channels: number, fork: 'before' | 'after'): number {
    const layer = this.#layers++;
    const names = textInputs(layer);
    const project = (part: string, output: string): void => {
      const flat = this.network.linear(this.#tokens, `${name}.${part}`, channels, { bias: false });
      const { graph } = this.network;
      const shape = this.network.shape([this.#rows[fork], 1, 1]);
      const repeated = graph.node('Expand', [this.network.batched(flat), shape]);
      graph.output(repeated, 'float32', [`rows ${fork} the fork`, 'tokens', channels], output);
    };
    project('to_k', names.key);
    project('to_v', names.value);
    return layer;
  }
}

/**
 * The part of a U-Net that reads the timestep alone: a graph from sines and cosines `[timesteps, first width]` to what every
 * residual block adds, side by side in a table `[timesteps, width of all]`. It grows with the U-Net that asks for them.
 */
export class TimeConditions {
  readonly network: Network;
  readonly #embedding: Value;
  readonly #embeddingWidth: number;
  readonly #vectors: Value[] = [];
  #width = 0;

  constructor({ blockChannels }: UnetConfig, weights: WeightSource, profile: OpProfile) {
    this.network = new Network(weights, profile);
    const first = blockChannels[0] ?? 0;
    const features = this.network.graph.input(CONDITION_NAMES.features, 'float32', [
      'timesteps',
      first,
    ]);
    this.#embeddingWidth = 4 * first;
    const embedding = (x: Value, name: string, inputs: number): Value =>
      this.network.silu(timeLinear(this.network, x, `time_embedding.${name}`, 4 * first, inputs));
    this.#embedding = embedding(embedding(features, 'linear_1', first), 'linear_2', 4 * first);
  }

  /** Columns of the table so far. */
  get width(): number {
    return this.#width;
  }

  /** Adds the projection of this name; gives the column at which its vector of `out` begins. */
  add(name: string, out: number): number {
    const start = this.#width;
    this.#vectors.push(timeLinear(this.network, this.#embedding, name, out, this.#embeddingWidth));
    this.#width += out;
    return start;
  }

  /** Joins the vectors; nothing is added after. */
  finish(): Network {
    const { graph } = this.network;
    const table = graph.node('Concat', this.#vectors, { axis: 1 });
    graph.output(table, 'float32', ['timesteps', this.#width], CONDITION_NAMES.table);
    return this.network;
  }
}

/** A linear layer of vectors that there is one of for each timestep. */
export function timeLinear(
  net: Network,
  x: Value,
  name: string,
  out: number,
  inputs: number,
): Value {
  net.work.add(out * inputs, 'sample');
  const kernel = net.weight(`${name}.weight`, [out, inputs]);
  const bias = net.weight(`${name}.bias`, [out]);
  return net.graph.node('Gemm', [x, kernel, bias], { transB: 1 });
}
