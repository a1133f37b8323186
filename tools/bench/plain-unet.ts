import type { Value } from '../../src/runtime/onnx/onnx-graph.js';
import type { Projections } from '../../src/runtime/models/attention.js';
import { attentionMap } from '../../src/runtime/models/mixed-attention.js';
import { Network, type FeatureMap, type Tokens } from '../../src/runtime/models/network.js';
import { plainProfile } from './plain-profile.js';
import { resnetBlock, type ResnetOptions } from '../../src/runtime/models/resnet-block.js';
import { timeLinear } from '../../src/runtime/models/unet-conditions.js';
import type { UnetConfig } from '../../src/runtime/models/unet-config.js';
import type { WeightSource } from '../../src/runtime/models/weights.js';

/** Names of the plain graph's inputs and of its output. */
export const PLAIN = { sample: 'sample', time: 'time', text: 'text', noise: 'noise' } as const;

/**
 * The same network as a plain export gives it, what the product's graph is measured against: every attention in three
 * steps with its whole map, one output, nothing forked, captured or mixed. Inputs `sample` `[batch, channels, h, w]`,
 * `time` `[batch, first width]`, `text` `[batch, tokens, width]`.
 */
export function plainUnet(config: UnetConfig, weights: WeightSource): Network {
  return new PlainBuilder(config, weights).build();
}

class PlainBuilder {
  readonly #config: UnetConfig;
  readonly #net: Network;
  readonly #text: Text;
  readonly #resnet: ResnetOptions;
  readonly #skips: FeatureMap[] = [];

  constructor(config: UnetConfig, weights: WeightSource) {
    this.#config = config;
    const net = new Network(weights, plainProfile);
    this.#net = net;
    const { graph } = net;
    const size = ['batch', config.inChannels, 'height', 'width'];
    net.setBatch(graph.input(PLAIN.sample, 'float32', size));
    const text = graph.input(PLAIN.text, 'float32', ['batch', 'tokens', config.textWidth]);
    this.#text = { tokens: net.flat(text, config.textWidth, 'text'), batch: net.batch };
    const { groups, epsilon } = config;
    const time = this.#time();
    const width = 4 * (config.blockChannels[0] ?? 0);
    this.#resnet = {
      groups,
      epsilon,
      time: (name, out) => net.vectors(timeLinear(net, time, name, out, width)),
    };
  }

  build(): Network {
    const { blockChannels, outChannels, groups, epsilon } = this.#config;
    const net = this.#net;
    const sample = net.ops.fromPlanes(net, PLAIN.sample, this.#config.inChannels);
    let x = net.conv(sample, 'conv_in', blockChannels[0] ?? 0);
    this.#skips.push(x);
    for (const level of blockChannels.keys()) x = this.#down(x, level);
    x = this.#resnetAt(x, 'mid_block.resnets.0', x.channels);
    x = this.#transformer(x, 'mid_block.attentions.0', blockChannels.length - 1);
    x = this.#resnetAt(x, 'mid_block.resnets.1', x.channels);
    for (const block of blockChannels.keys()) x = this.#up(x, block);
    x = net.ops.groupNorm(net, x, 'conv_norm_out', { groups, epsilon, silu: true });
    const noise = net.ops.toPlanes(net, net.conv(x, 'conv_out', outChannels));
    net.graph.output(noise, 'float32', ['batch', outChannels, 'height', 'width'], PLAIN.noise);
    return net;
  }

  #time(): Value {
    const first = this.#config.blockChannels[0] ?? 0;
    const embedding = (x: Value, name: string, inputs: number): Value =>
      this.#net.silu(timeLinear(this.#net, x, `time_embedding.${name}`, 4 * first, inputs));
    const features = this.#net.graph.input(PLAIN.time, 'float32', ['batch', first]);
    return embedding(embedding(features, 'linear_1', first), 'linear_2', 4 * first);
  }

  #resnetAt(x: FeatureMap, name: string, out: number): FeatureMap {
    return resnetBlock(this.#net, x, name, out, this.#resnet);
  }

  #down(input: FeatureMap, level: number): FeatureMap {
    const { blockChannels, downBlocks, layersPerBlock } = this.#config;
    const name = `down_blocks.${String(level)}`;
    const out = blockChannels[level] ?? 0;
    let x = input;
    for (let layer = 0; layer < layersPerBlock; layer++) {
      x = this.#resnetAt(x, `${name}.resnets.${String(layer)}`, out);
      if (downBlocks[level] === 'CrossAttnDownBlock2D') {
        x = this.#transformer(x, `${name}.attentions.${String(layer)}`, level);
      }
      this.#skips.push(x);
    }
    if (level === blockChannels.length - 1) return x;
    x = this.#net.conv(x, `${name}.downsamplers.0.conv`, out, { stride: 2 });
    this.#skips.push(x);
    return x;
  }

  #up(input: FeatureMap, block: number): FeatureMap {
    const { blockChannels, upBlocks, layersPerBlock } = this.#config;
    const net = this.#net;
    const name = `up_blocks.${String(block)}`;
    const level = blockChannels.length - 1 - block;
    const out = blockChannels[level] ?? 0;
    let x = input;
    for (let layer = 0; layer <= layersPerBlock; layer++) {
      const skip = this.#skips.pop();
      if (skip !== undefined) x = net.ops.concat(net, x, skip);
      x = this.#resnetAt(x, `${name}.resnets.${String(layer)}`, out);
      if (upBlocks[block] === 'CrossAttnUpBlock2D') {
        x = this.#transformer(x, `${name}.attentions.${String(layer)}`, level);
      }
    }
    if (level === 0) return x;
    return net.conv(net.ops.upsample(net, x), `${name}.upsamplers.0.conv`, out);
  }

  #transformer(x: FeatureMap, name: string, level: number): FeatureMap {
    const net = this.#net;
    const heads = this.#config.heads[level] ?? 1;
    const norm = { groups: this.#config.groups, epsilon: 1e-6, silu: false };
    const normed = net.ops.toTokens(net, net.ops.groupNorm(net, x, `${name}.norm`, norm));
    const block = `${name}.transformer_blocks.0`;
    let tokens = net.linear(normed, `${name}.proj_in`, x.channels);
    tokens = net.addTokens(
      tokens,
      this.#self(net.layerNorm(tokens, `${block}.norm1`), block, heads),
    );
    tokens = net.addTokens(
      tokens,
      this.#onText(net.layerNorm(tokens, `${block}.norm2`), block, heads),
    );
    const third = net.layerNorm(tokens, `${block}.norm3`);
    const gated = net.ops.gatedGelu(net, third, `${block}.ff.net.0.proj`, 4 * x.channels);
    tokens = net.addTokens(tokens, net.linear(gated, `${block}.ff.net.2`, x.channels));
    const projected = net.linear(tokens, `${name}.proj_out`, x.channels);
    return net.addMaps(net.ops.fromTokens(net, projected), x);
  }

  #self(x: Tokens, block: string, heads: number): Tokens {
    const project = (part: string): Value =>
      this.#net.batched(this.#net.linear(x, `${block}.attn1.${part}`, x.channels, { bias: false }));
    const own = { query: project('to_q'), key: project('to_k'), value: project('to_v') };
    return this.#attended(own, x, `${block}.attn1`, heads);
  }

  #onText(x: Tokens, block: string, heads: number): Tokens {
    const net = this.#net;
    const name = `${block}.attn2`;
    const query = net.batched(net.linear(x, `${name}.to_q`, x.channels, { bias: false }));
    const key = textProjection(net, this.#text, `${name}.to_k`, x.channels);
    const value = textProjection(net, this.#text, `${name}.to_v`, x.channels);
    return this.#attended({ query, key, value }, x, name, heads);
  }

  #attended({ query, key, value }: Projections, x: Tokens, name: string, heads: number): Tokens {
    const net = this.#net;
    const { graph } = net;
    const split = graph.node('Reshape', [value, graph.int64([0, 0, heads, -1])]);
    const gathered = graph.node('MatMul', [
      attentionMap(graph, query, key, heads, x.channels),
      graph.node('Transpose', [split], { perm: [0, 2, 1, 3] }),
    ]);
    const merged = graph.node('Transpose', [gathered], { perm: [0, 2, 1, 3] });
    const joined = graph.node('Reshape', [merged, graph.int64([0, 0, x.channels])]);
    return net.linear(net.flat(joined, x.channels, x.extent), `${name}.to_out.0`, x.channels);
  }
}

/** Keys or values of the text, `[1 or batch, tokens, channels]`, repeated for each row of the batch. */
function textProjection(net: Network, text: Text, name: string, channels: number): Value {
  const projected = net.batched(
    net.linear(text.tokens, name, channels, { bias: false }),
    text.batch,
  );
  return net.graph.node('Expand', [projected, net.shape([net.batch, 1, 1])]);
}

/** Text states, and how many rows they have: one for all samples, or one each. */
interface Text {
  readonly tokens: Tokens;
  readonly batch: Value;
}
