import { ConfigReader } from './config-reader.js';
import { Network, type OpProfile } from './network.js';
import { VAE_NAMES, type VaeGraphs } from './vae-graph.js';
import type { WeightSource } from './weights.js';

/**
 * `PatchAutoencoder`: one linear map from each square patch of pixels to a latent vector, and one back. The embedded
 * model has it in place of a network.
 * @throws AppError `model/unsupported` or `model/invalid`.
 */
export function patchAutoencoder(
  file: string,
  json: unknown,
  weights: () => WeightSource,
  profile: OpProfile,
): VaeGraphs {
  const config = new ConfigReader(file, json);
  config.only('in_channels', 3);
  config.only('out_channels', 3);
  const channels = config.integer('latent_channels');
  const patch = config.integer('patch_size');
  const scalingFactor = config.number('scaling_factor', 1);
  const size = { channels, patch, scalingFactor };
  return {
    latentChannels: channels,
    downscale: patch,
    scalingFactor,
    nativeSize: config.integer('sample_size'),
    buildEncoder: () => buildEncoder(new Network(weights(), profile), size),
    buildDecoder: () => buildDecoder(new Network(weights(), profile), size),
  };
}

interface PatchSize {
  readonly channels: number;
  readonly patch: number;
  readonly scalingFactor: number;
}

function buildEncoder(net: Network, { channels, patch, scalingFactor }: PatchSize): Network {
  const { graph } = net;
  const pixels = graph.input(VAE_NAMES.pixels, 'float32', ['batch', 3, 'height', 'width']);
  const kernel = net.weight('encoder.weight', [channels, 3, patch, patch]);
  const bias = net.weight('encoder.bias', [channels]);
  net.work.add(channels * 3 * patch ** 2, patch);
  const encoded = graph.node('Conv', [pixels, kernel, bias], {
    kernel_shape: [patch, patch],
    strides: [patch, patch],
  });
  const latent = graph.node('Mul', [encoded, graph.float32([scalingFactor])]);
  graph.output(latent, 'float32', ['batch', channels, 'rows', 'columns'], VAE_NAMES.latent);
  return net;
}

function buildDecoder(net: Network, { channels, patch, scalingFactor }: PatchSize): Network {
  const { graph } = net;
  const values = 3 * patch ** 2;
  const dims = ['batch', channels, 'rows', 'columns'];
  const latent = graph.input(VAE_NAMES.latent, 'float32', dims);
  const unscaled = graph.node('Mul', [latent, graph.float32([1 / scalingFactor])]);
  const cells = graph.node('Transpose', [unscaled], { perm: [0, 2, 3, 1] });
  const rows = graph.node('Reshape', [cells, graph.int64([-1, channels])]);
  const shape = [3, patch, patch];
  const kernel = net.weight('decoder.weight', [channels, values], [[channels, ...shape]]);
  const bias = net.weight('decoder.bias_map', [values], [shape]);
  net.work.add(channels * values, 1);
  const patches = graph.node('Gemm', [rows, kernel, bias]);
  const batch = graph.node('Shape', [latent], { start: 0, end: 1 });
  const grid = graph.node('Shape', [latent], { start: 2, end: 4 });
  const placed = graph.node('Reshape', [patches, net.shape([batch, grid, values])]);
  const planes = graph.node('Transpose', [placed], { perm: [0, 3, 1, 2] });
  const pixels = graph.node('DepthToSpace', [planes], { blocksize: patch, mode: 'CRD' });
  graph.output(pixels, 'float32', ['batch', 3, 'height', 'width'], VAE_NAMES.pixels);
  return net;
}
