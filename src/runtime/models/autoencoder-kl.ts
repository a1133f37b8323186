import type { Value } from '../onnx/onnx-graph.js';
import { attention, countAttention } from './attention.js';
import { ConfigReader } from './config-reader.js';
import { type FeatureMap, Network, type OpProfile } from './network.js';
import { resnetBlock, type ResnetOptions } from './resnet-block.js';
import { VAE_NAMES, type VaeGraphs } from './vae-graph.js';
import type { WeightSource } from './weights.js';

const NORM_EPSILON = 1e-6;

interface AutoencoderConfig {
  readonly pictureChannels: number;
  readonly latentChannels: number;
  readonly blockChannels: readonly number[];
  readonly layersPerBlock: number;
  readonly groups: number;
  readonly scalingFactor: number;
  readonly sampleSize: number;
}

/**
 * `AutoencoderKL` as two graphs. Weights are named as in files before diffusers 0.18 (`query`, `key`, `value`, `proj_attn`) or after.
 * @throws AppError `model/unsupported` naming the option, `model/invalid` for contradictions.
 */
export function autoencoderKl(
  file: string,
  json: unknown,
  weights: () => WeightSource,
  profile: OpProfile,
): VaeGraphs {
  const config = parseConfig(file, json);
  return {
    latentChannels: config.latentChannels,
    downscale: 2 ** (config.blockChannels.length - 1),
    scalingFactor: config.scalingFactor,
    nativeSize: config.sampleSize,
    buildEncoder: () => buildEncoder(config, new Network(weights(), profile)),
    buildDecoder: () => buildDecoder(config, new Network(weights(), profile)),
  };
}

function parseConfig(file: string, json: unknown): AutoencoderConfig {
  const config = new ConfigReader(file, json);
  config.only('act_fn', 'silu');
  config.only('shift_factor', 0);
  for (const name of ['use_quant_conv', 'use_post_quant_conv', 'mid_block_add_attention']) {
    config.only(name, true);
  }
  const blockChannels = config.integers('block_out_channels');
  const downBlocks = config.names('down_block_types', ['DownEncoderBlock2D']);
  const upBlocks = config.names('up_block_types', ['UpDecoderBlock2D']);
  const levels = blockChannels.length;
  if (downBlocks.length !== levels || upBlocks.length !== levels) {
    throw config.unsupported('The numbers of widths, down blocks and up blocks differ.');
  }
  return {
    blockChannels,
    pictureChannels: config.integer('in_channels', 3),
    latentChannels: config.integer('latent_channels', 4),
    layersPerBlock: config.integer('layers_per_block', 1),
    groups: config.integer('norm_num_groups', 32),
    scalingFactor: config.number('scaling_factor', 0.18215),
    sampleSize: config.integer('sample_size', 512),
  };
}

function resnetOptions({ groups }: AutoencoderConfig): ResnetOptions {
  return { groups, epsilon: NORM_EPSILON };
}

function buildEncoder(config: AutoencoderConfig, net: Network): Network {
  const { blockChannels, latentChannels, pictureChannels, layersPerBlock } = config;
  const dims = ['batch', pictureChannels, 'height', 'width'];
  const pixels = net.graph.input(VAE_NAMES.pixels, 'float32', dims);
  net.setBatch(pixels);
  const planes = net.ops.fromPlanes(net, pixels, pictureChannels);
  let x = net.conv(planes, 'encoder.conv_in', blockChannels[0] ?? 0);
  blockChannels.forEach((out, level) => {
    const name = `encoder.down_blocks.${String(level)}`;
    for (let layer = 0; layer < layersPerBlock; layer++) {
      x = resnetBlock(net, x, `${name}.resnets.${String(layer)}`, out, resnetOptions(config));
    }
    if (level === blockChannels.length - 1) return;
    // diffusers pads these on the right and below only.
    x = net.conv(x, `${name}.downsamplers.0.conv`, out, { stride: 2, padding: [0, 1] });
  });
  x = midBlock(net, x, 'encoder.mid_block', config);
  x = finalConv(net, x, 'encoder', 2 * latentChannels, config);
  const moments = net.ops.toPlanes(
    net,
    net.conv(x, 'quant_conv', 2 * latentChannels, { kernel: 1 }),
  );
  outputScaled(net, moments, config);
  return net;
}

/** The mode of the posterior is its mean: the first half of the moments. */
function outputScaled(net: Network, moments: Value, config: AutoencoderConfig): void {
  const { graph } = net;
  const range = [0, config.latentChannels, 1].map((value) => graph.int64([value]));
  const mean = graph.node('Slice', [moments, ...range]);
  const latent = graph.node('Mul', [mean, graph.float32([config.scalingFactor])]);
  const dims = ['batch', config.latentChannels, 'rows', 'columns'];
  graph.output(latent, 'float32', dims, VAE_NAMES.latent);
}

function buildDecoder(config: AutoencoderConfig, net: Network): Network {
  const { blockChannels, latentChannels, pictureChannels, layersPerBlock } = config;
  const dims = ['batch', latentChannels, 'rows', 'columns'];
  const latent = net.graph.input(VAE_NAMES.latent, 'float32', dims);
  net.setBatch(latent);
  const unscaled = net.graph.node('Mul', [latent, net.graph.float32([1 / config.scalingFactor])]);
  const planes = net.ops.fromPlanes(net, unscaled, latentChannels);
  const widths = blockChannels.toReversed();
  const first = net.conv(planes, 'post_quant_conv', latentChannels, { kernel: 1 });
  let x = net.conv(first, 'decoder.conv_in', widths[0] ?? 0);
  x = midBlock(net, x, 'decoder.mid_block', config);
  widths.forEach((out, block) => {
    const name = `decoder.up_blocks.${String(block)}`;
    for (let layer = 0; layer <= layersPerBlock; layer++) {
      x = resnetBlock(net, x, `${name}.resnets.${String(layer)}`, out, resnetOptions(config));
    }
    if (block === widths.length - 1) return;
    x = net.conv(net.ops.upsample(net, x), `${name}.upsamplers.0.conv`, out);
  });
  const pixels = net.ops.toPlanes(net, finalConv(net, x, 'decoder', pictureChannels, config));
  const outputDims = ['batch', pictureChannels, 'height', 'width'];
  net.graph.output(pixels, 'float32', outputDims, VAE_NAMES.pixels);
  return net;
}

function finalConv(
  net: Network,
  x: FeatureMap,
  name: string,
  out: number,
  { groups }: AutoencoderConfig,
): FeatureMap {
  const norm = { groups, epsilon: NORM_EPSILON, silu: true };
  return net.conv(
    net.ops.groupNorm(net, x, `${name}.conv_norm_out`, norm),
    `${name}.conv_out`,
    out,
  );
}

function midBlock(
  net: Network,
  input: FeatureMap,
  name: string,
  config: AutoencoderConfig,
): FeatureMap {
  const resnet = (x: FeatureMap, index: number) =>
    resnetBlock(net, x, `${name}.resnets.${String(index)}`, x.channels, resnetOptions(config));
  const x = resnet(input, 0);
  return resnet(net.addMaps(spatialAttention(net, x, `${name}.attentions.0`, config), x), 1);
}

/** Self-attention of one head over the cells, as autoencoders have it. */
function spatialAttention(
  net: Network,
  x: FeatureMap,
  name: string,
  { groups }: AutoencoderConfig,
): FeatureMap {
  const isOld = net.weights.has(`${name}.query.weight`);
  const [toQuery, toKey, toValue, toOut] = isOld
    ? ['query', 'key', 'value', 'proj_attn']
    : ['to_q', 'to_k', 'to_v', 'to_out.0'];
  const norm = { groups, epsilon: NORM_EPSILON, silu: false };
  const normed = net.ops.groupNorm(net, x, `${name}.group_norm`, norm);
  const tokens = net.ops.toTokens(net, normed);
  const project = (part: string) => net.batched(net.linear(tokens, `${name}.${part}`, x.channels));
  const own = { query: project(toQuery), key: project(toKey), value: project(toValue) };
  countAttention(net, x.channels, x.downscale, x.downscale);
  const attended = net.flat(attention(net.graph, own, 1), x.channels, x.downscale);
  return net.ops.fromTokens(net, net.linear(attended, `${name}.${toOut}`, x.channels));
}
