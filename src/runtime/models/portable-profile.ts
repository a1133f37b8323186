import type { FeatureMap, Network, OpProfile } from './network.js';

/**
 * Operations that every execution provider has, on `[batch, channels, height, width]`. This profile is the
 * reference that the tests hold against the recorded tensors.
 */
export const portableProfile: OpProfile = {
  name: 'portable',

  channelAxis: 1,

  fromPlanes: (_net, value, channels) => ({ value, channels, downscale: 1 }),

  toPlanes: (_net, x) => x.value,

  conv(net, x, weights, out, { kernel, stride, padding: [before, after] }) {
    const value = net.graph.node('Conv', [x.value, weights.kernel, weights.bias], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [before, before, after, after],
    });
    return { value, channels: out, downscale: x.downscale * stride };
  },

  groupNorm(net, x, name, { groups, epsilon, silu }) {
    const { graph } = net;
    const ones = graph.float32(Array.from({ length: groups }, () => 1));
    const zeros = graph.float32(Array.from({ length: groups }, () => 0));
    const grouped = graph.node('Reshape', [net.full(x.value), graph.int64([0, groups, -1])]);
    const attributes = { epsilon: { float: epsilon } };
    const normed = graph.node('InstanceNormalization', [grouped, ones, zeros], attributes);
    const shaped = graph.node('Reshape', [normed, planesShape(net, x)]);
    const value = perChannel(net, shaped, name, x.channels);
    return { ...x, value: net.working(silu ? net.silu(value) : value) };
  },

  concat: (net, a, b) => ({
    ...a,
    value: net.graph.node('Concat', [a.value, b.value], { axis: 1 }),
    channels: a.channels + b.channels,
  }),

  upsample: (net, x) => ({
    ...x,
    value: net.graph.node('Resize', [x.value, '', net.graph.float32([1, 1, 2, 2])], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    }),
    downscale: x.downscale / 2,
  }),

  toTokens(net, x) {
    planesShape(net, x);
    const cells = net.graph.node('Reshape', [x.value, net.graph.int64([0, x.channels, -1])]);
    const value = net.graph.node('Transpose', [cells], { perm: [0, 2, 1] });
    return net.flat(value, x.channels, x.downscale);
  },

  fromTokens(net, x) {
    const downscale = Number(x.extent);
    const planes = net.graph.node('Transpose', [net.batched(x)], { perm: [0, 2, 1] });
    const value = net.graph.node('Reshape', [
      planes,
      planesShape(net, { value: '', channels: x.channels, downscale }),
    ]);
    return { value, channels: x.channels, downscale };
  },

  lowPass(net, x, gain, filter, basis) {
    const { graph } = net;
    const scale = graph.node('Reshape', [gain, graph.int64([1, x.channels, 1])]);
    const cells = graph.node('Reshape', [x.value, graph.int64([0, x.channels, -1])]);
    const scaled = graph.node('Mul', [cells, scale]);
    const low = graph.node('MatMul', [scaled, filter]);
    const spread = graph.node('MatMul', [low, graph.node('Transpose', [basis], { perm: [1, 0] })]);
    const kept = graph.node('Sub', [scaled, spread]);
    return { ...x, value: graph.node('Reshape', [kept, planesShape(net, x)]) };
  },

  addNorm(net, x, y, norm) {
    const sum = net.addTokens(x, y);
    return { sum, normed: net.layerNorm(sum, norm) };
  },

  gatedGelu(net, x, linear, width) {
    const { graph } = net;
    // Each half is a layer of its own: to compute both and part them would copy them.
    const kept = net.linear(x, linear, 2 * width, { rows: [0, width] });
    const gate = net.linear(x, linear, 2 * width, { rows: [width, 2 * width] });
    const opened = graph.node('Gelu', [gate.value], {}, 'com.microsoft');
    return { ...kept, value: graph.node('Mul', [kept.value, opened]) };
  },
};

/** `[batch, channels, height, width]` for a Reshape of anything that has batch first and the map's size. */
function planesShape(net: Network, x: FeatureMap): string {
  const size = net.gridSize(x.downscale, () =>
    net.graph.node('Shape', [x.value], { start: 2, end: 4 }),
  );
  return net.shape([0, -1, size]);
}

/** `gain * x + offset` by channel. The provider's batch norm does both in one pass; of statistics 0 and 1 nothing else is left of it. */
function perChannel(net: Network, x: string, name: string, channels: number): string {
  const { graph } = net;
  const constants = [0, 1].map((value) =>
    graph.float32(Array.from({ length: channels }, () => value)),
  );
  const gain = net.normWeight(`${name}.weight`, [channels]);
  const offset = net.normWeight(`${name}.bias`, [channels]);
  const attributes = { epsilon: { float: 0 } };
  return graph.node('BatchNormalization', [x, gain, offset, ...constants], attributes);
}
