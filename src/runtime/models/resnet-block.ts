import type { Value } from '../onnx/onnx-graph.js';
import type { FeatureMap, Network } from './network.js';

/** What all residual blocks of a network have in common. */
export interface ResnetOptions {
  readonly groups: number;
  readonly epsilon: number;
  /** What the projection of this name makes of the timestep, for `Network.addVector`; autoencoders have none. */
  readonly time?: (name: string, out: number) => Value;
}

/** `ResnetBlock2D`: two normalised convolutions beside a shortcut, with the time embedding added between them. */
export function resnetBlock(
  net: Network,
  x: FeatureMap,
  name: string,
  out: number,
  { groups, epsilon, time }: ResnetOptions,
): FeatureMap {
  const norm = { groups, epsilon, silu: true };
  let hidden = net.conv(net.ops.groupNorm(net, x, `${name}.norm1`, norm), `${name}.conv1`, out);
  if (time !== undefined) {
    hidden = net.addVector(hidden, time(`${name}.time_emb_proj`, out));
  }
  hidden = net.conv(net.ops.groupNorm(net, hidden, `${name}.norm2`, norm), `${name}.conv2`, out);
  const shortcut = `${name}.conv_shortcut`;
  const isProjected = x.channels !== out || net.weights.has(`${shortcut}.weight`);
  return net.addMaps(isProjected ? net.conv(x, shortcut, out, { kernel: 1 }) : x, hidden);
}
