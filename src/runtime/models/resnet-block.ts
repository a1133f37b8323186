import type { Value } from '../onnx/onnx-graph.js';
import type { FeatureMap, Network } from './network.js';

/** What all residual blocks of a network have in common. */
export interface ResnetOptions {
  readonly groups: number;
  readonly epsilon: number;
  /** SiLU of the time embedding `[batch or 1, width]`; autoencoders have none. */
  readonly time?: { readonly value: Value; readonly width: number };
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
    hidden = net.ops.addVector(net, hidden, timeVector(net, `${name}.time_emb_proj`, out, time));
  }
  hidden = net.conv(net.ops.groupNorm(net, hidden, `${name}.norm2`, norm), `${name}.conv2`, out);
  const shortcut = `${name}.conv_shortcut`;
  const isProjected = x.channels !== out || net.weights.has(`${shortcut}.weight`);
  return net.addMaps(isProjected ? net.conv(x, shortcut, out, { kernel: 1 }) : x, hidden);
}

/** The time embedding is the same for both rows of a pair, so it is projected once and broadcast. */
function timeVector(
  net: Network,
  name: string,
  out: number,
  { value, width }: { readonly value: Value; readonly width: number },
): Value {
  const kernel = net.weight(`${name}.weight`, [out, width]);
  const bias = net.weight(`${name}.bias`, [out]);
  net.work.add(out * width, 'sample');
  return net.graph.node('Gemm', [value, kernel, bias], { transB: 1 });
}
