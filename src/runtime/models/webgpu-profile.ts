import type { Network, OpProfile } from './network.js';
import { portableProfile } from './portable-profile.js';

/**
 * Operations in the form that onnxruntime's WebGPU provider runs fastest: `[batch, height, width, channels]` in memory,
 * so that convolutions read four channels at a time and tokens need no transposing, and its fused operators.
 */
export const webgpuProfile: OpProfile = {
  name: 'webgpu',

  channelAxis: 3,

  fromPlanes: (net, planes, channels) => ({
    value: net.graph.node('Transpose', [planes], { perm: [0, 2, 3, 1] }),
    channels,
    downscale: 1,
  }),

  toPlanes: (net, x) => net.graph.node('Transpose', [x.value], { perm: [0, 3, 1, 2] }),

  conv(net, x, weights, out, { kernel, stride, padding: [before, after] }) {
    const attributes = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [before, before, after, after],
    };
    const inputs = [x.value, weights.kernel, weights.bias];
    const value = net.graph.node('Conv', inputs, attributes, 'com.ms.internal.nhwc');
    return { value, channels: out, downscale: x.downscale * stride };
  },

  // The provider's norm needs the cells of a group in one piece; gain, offset and SiLU go back to channels last.
  groupNorm(net, x, name, { groups, epsilon, silu }) {
    const { graph } = net;
    const ones = graph.float32(Array.from({ length: groups }, () => 1));
    const zeros = graph.float32(Array.from({ length: groups }, () => 0));
    const planes = graph.node('Transpose', [net.full(x.value)], { perm: [0, 3, 1, 2] });
    const grouped = graph.node('Reshape', [planes, graph.int64([0, groups, -1])]);
    const attributes = { epsilon: { float: epsilon } };
    const normed = graph.node('InstanceNormalization', [grouped, ones, zeros], attributes);
    const split = graph.node('Reshape', [normed, graph.int64([0, x.channels, -1])]);
    const cells = graph.node('Transpose', [split], { perm: [0, 2, 1] });
    const gain = net.normWeight(`${name}.weight`, [x.channels]);
    const offset = net.normWeight(`${name}.bias`, [x.channels]);
    const affine = graph.node('Add', [graph.node('Mul', [cells, gain]), offset]);
    const active = net.working(silu ? net.silu(affine) : affine);
    const value = graph.node('Reshape', [active, mapShape(net, x.value, x.downscale, x.channels)]);
    return { ...x, value };
  },

  concat: (net, a, b) => ({
    ...a,
    value: net.graph.node('Concat', [a.value, b.value], { axis: 3 }),
    channels: a.channels + b.channels,
  }),

  upsample: (net, x) => ({
    ...x,
    value: net.graph.node('Resize', [x.value, '', net.graph.float32([1, 2, 2, 1])], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    }),
    downscale: x.downscale / 2,
  }),

  toTokens(net, x) {
    mapShape(net, x.value, x.downscale, x.channels);
    return net.flat(x.value, x.channels, x.downscale);
  },

  fromTokens(net, x) {
    const downscale = Number(x.extent);
    const shape = mapShape(net, '', downscale, x.channels);
    const value = net.graph.node('Reshape', [x.value, shape]);
    return { value, channels: x.channels, downscale };
  },

  lowPass(net, x, gain, filter, basis) {
    const { graph } = net;
    const cells = graph.node('Reshape', [x.value, graph.int64([0, -1, x.channels])]);
    const scaled = graph.node('Mul', [cells, gain]);
    const analysis = graph.node('Transpose', [filter], { perm: [1, 0] });
    const low = graph.node('MatMul', [analysis, scaled]);
    const kept = graph.node('Sub', [scaled, graph.node('MatMul', [basis, low])]);
    const shape = mapShape(net, x.value, x.downscale, x.channels);
    return { ...x, value: graph.node('Reshape', [kept, shape]) };
  },

  addNorm(net, x, y, norm) {
    if (net.precision !== 'float32') return portableProfile.addNorm(net, x, y, norm);
    const { graph } = net;
    const gain = net.weight(`${norm}.weight`, [x.channels]);
    const offset = net.weight(`${norm}.bias`, [x.channels]);
    const [normed, sum] = [graph.fresh('normed'), graph.fresh('sum')];
    const rows = graph.int64([1, -1, x.channels]);
    const inputs = [x, y].map(({ value }) => graph.node('Reshape', [value, rows]));
    graph.nodes(
      'SkipLayerNormalization',
      [...inputs, gain, offset],
      [normed, '', '', sum],
      { epsilon: { float: 1e-5 } },
      'com.microsoft',
    );
    return {
      sum: net.flat(sum, x.channels, x.extent),
      normed: net.flat(normed, x.channels, x.extent),
    };
  },

  gatedGelu(net, x, linear, width) {
    const { graph } = net;
    const both = net.linear(x, linear, 2 * width, { bias: false });
    const rows = graph.node('Reshape', [both.value, graph.int64([1, -1, 2 * width])]);
    const bias = net.weight(`${linear}.bias`, [2 * width]);
    const gated = graph.node('BiasSplitGelu', [rows, bias], {}, 'com.microsoft');
    return net.flat(gated, width, x.extent);
  },
};

/** `[batch, height, width, channels]` for a Reshape of anything that has the map's size; `map` is one such map. */
function mapShape(net: Network, map: string, downscale: number, channels: number): string {
  const size = net.gridSize(downscale, () => net.graph.node('Shape', [map], { start: 1, end: 3 }));
  return net.shape([-1, size, channels]);
}
