import type { OpProfile } from '../../src/runtime/models/network.js';
import { portableProfile } from '../../src/runtime/models/portable-profile.js';

/** Operations in the form that a plain export gives them. */
export const plainProfile: OpProfile = {
  ...portableProfile,

  groupNorm(net, x, name, { groups, epsilon, silu }) {
    const { graph } = net;
    const ones = graph.float32(Array.from({ length: groups }, () => 1));
    const zeros = graph.float32(Array.from({ length: groups }, () => 0));
    const grouped = graph.node('Reshape', [x.value, graph.int64([0, groups, -1])]);
    const attributes = { epsilon: { float: epsilon } };
    const normed = graph.node('InstanceNormalization', [grouped, ones, zeros], attributes);
    const size = graph.node('Shape', [x.value]);
    const dims = [1, x.channels, 1, 1];
    const gain = net.weight(`${name}.weight`, dims, [[x.channels]]);
    const offset = net.weight(`${name}.bias`, dims, [[x.channels]]);
    const scaled = graph.node('Mul', [graph.node('Reshape', [normed, size]), gain]);
    const value = graph.node('Add', [scaled, offset]);
    return { ...x, value: silu ? net.silu(value) : value };
  },

  gatedGelu(net, x, linear, width) {
    const { graph } = net;
    const both = net.linear(x, linear, 2 * width);
    const [kept, gate] = [graph.fresh('kept'), graph.fresh('gate')];
    graph.nodes('Split', [both.value], [kept, gate], { axis: -1, num_outputs: 2 });
    const opened = graph.node('Gelu', [gate], {}, 'com.microsoft');
    return { ...both, value: graph.node('Mul', [kept, opened]), channels: width };
  },
};
