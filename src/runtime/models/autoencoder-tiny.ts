import type { Value } from '../onnx/onnx-graph.js';
import { ConfigReader } from './config-reader.js';
import { type FeatureMap, Network, type OpProfile } from './network.js';
import { VAE_NAMES, type VaeGraphs } from './vae-graph.js';
import type { WeightSource } from './weights.js';

interface Stack {
  readonly widths: readonly number[];
  readonly blocks: readonly number[];
}

interface TinyConfig {
  readonly pictureChannels: number;
  readonly latentChannels: number;
  readonly scalingFactor: number;
  readonly encoder: Stack;
  readonly decoder: Stack;
}

/** Beyond this magnitude the decoder bends latents back: `3 tanh(x / 3)`. */
const LATENT_RANGE = 3;
/** The side that Stable Diffusion's pictures have; the config does not tell. */
const NATIVE_SIZE = 512;

/**
 * `AutoencoderTiny` (TAESD) as two graphs: plain convolutions with ReLU, numbered in one list for each. Its latents are the scaled
 * ones of the autoencoder that it stands in for. @throws AppError `model/unsupported` naming the option, `model/invalid`.
 */
export function autoencoderTiny(
  file: string,
  json: unknown,
  weights: () => WeightSource,
  profile: OpProfile,
): VaeGraphs {
  const config = parseConfig(file, json);
  return {
    latentChannels: config.latentChannels,
    downscale: 2 ** (config.decoder.widths.length - 1),
    scalingFactor: config.scalingFactor,
    nativeSize: NATIVE_SIZE,
    isForPreviews: true,
    buildEncoder: () => buildEncoder(config, new Network(weights(), profile)),
    buildDecoder: () => buildDecoder(config, new Network(weights(), profile)),
  };
}

function parseConfig(file: string, json: unknown): TinyConfig {
  const config = new ConfigReader(file, json);
  config.only('act_fn', 'relu');
  config.only('upsample_fn', 'nearest');
  config.only('upsampling_scaling_factor', 2);
  config.only('latent_magnitude', LATENT_RANGE);
  config.only('scaling_factor', 1);
  config.only('shift_factor', 0);
  const stack = (part: 'encoder' | 'decoder'): Stack => {
    const widths = config.integers(`${part}_block_out_channels`);
    return { widths, blocks: config.integerEach(`num_${part}_blocks`, widths.length) };
  };
  const encoder = stack('encoder');
  const decoder = stack('decoder');
  const hasOneWidth = [encoder, decoder].every(({ widths }) => new Set(widths).size === 1);
  if (!hasOneWidth || encoder.widths.length !== decoder.widths.length) {
    throw config.unsupported('Its blocks differ in width, or its two halves in depth.');
  }
  return {
    encoder,
    decoder,
    pictureChannels: config.integer('in_channels', 3),
    latentChannels: config.integer('latent_channels', 4),
    scalingFactor: config.number('scaling_factor', 1),
  };
}

function buildEncoder(config: TinyConfig, net: Network): Network {
  const { graph } = net;
  const { pictureChannels, latentChannels, encoder } = config;
  const dims = ['batch', pictureChannels, 'height', 'width'];
  const pixels = graph.input(VAE_NAMES.pixels, 'float32', dims);
  net.setBatch(pixels);
  const half = graph.float32([0.5]);
  const shown = graph.node('Add', [graph.node('Mul', [pixels, half]), half]);
  let x = net.ops.fromPlanes(net, shown, pictureChannels);
  const layer = numbered('encoder.layers');
  encoder.widths.forEach((width, level) => {
    const options = level === 0 ? {} : ({ stride: 2, bias: false } as const);
    x = net.conv(x, layer(), width, options);
    for (let block = 0; block < (encoder.blocks[level] ?? 0); block++) {
      x = tinyBlock(net, x, layer());
    }
  });
  const latent = net.ops.toPlanes(net, net.conv(x, layer(), latentChannels));
  const outputDims = ['batch', latentChannels, 'rows', 'columns'];
  graph.output(latent, 'float32', outputDims, VAE_NAMES.latent);
  return net;
}

function buildDecoder(config: TinyConfig, net: Network): Network {
  const { graph } = net;
  const { pictureChannels, latentChannels, decoder } = config;
  const dims = ['batch', latentChannels, 'rows', 'columns'];
  const latent = graph.input(VAE_NAMES.latent, 'float32', dims);
  net.setBatch(latent);
  const bent = graph.node('Tanh', [graph.node('Div', [latent, graph.float32([LATENT_RANGE])])]);
  const clamped = graph.node('Mul', [bent, graph.float32([LATENT_RANGE])]);
  const layer = numbered('decoder.layers');
  const first = net.ops.fromPlanes(net, clamped, latentChannels);
  let x = relu(net, net.conv(first, layer(), decoder.widths[0] ?? 0));
  layer();
  decoder.widths.forEach((width, level) => {
    for (let block = 0; block < (decoder.blocks[level] ?? 0); block++) {
      x = tinyBlock(net, x, layer());
    }
    if (level === decoder.widths.length - 1) return;
    layer();
    x = net.conv(net.ops.upsample(net, x), layer(), width, { bias: false });
  });
  const shown = net.ops.toPlanes(net, net.conv(x, layer(), pictureChannels));
  const doubled = graph.node('Mul', [shown, graph.float32([2])]);
  const pixels: Value = graph.node('Sub', [doubled, graph.float32([1])]);
  const outputDims = ['batch', pictureChannels, 'height', 'width'];
  graph.output(pixels, 'float32', outputDims, VAE_NAMES.pixels);
  return net;
}

/** Names of the layers one after the other; those without weights have numbers too. */
function numbered(prefix: string): () => string {
  let next = 0;
  return () => `${prefix}.${String(next++)}`;
}

/** Three convolutions beside a shortcut. */
function tinyBlock(net: Network, x: FeatureMap, name: string): FeatureMap {
  const first = relu(net, net.conv(x, `${name}.conv.0`, x.channels));
  const second = relu(net, net.conv(first, `${name}.conv.2`, x.channels));
  return relu(net, net.addMaps(net.conv(second, `${name}.conv.4`, x.channels), x));
}

function relu(net: Network, x: FeatureMap): FeatureMap {
  return { ...x, value: net.graph.node('Relu', [x.value]) };
}
