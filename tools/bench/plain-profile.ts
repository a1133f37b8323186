import type { OpProfile } from '../../src/runtime/models/network.js';
import { portableProfile } from '../../src/runtime/models/portable-profile.js';

/** Operations in the form that a plain export gives them. */
export const plainProfile: OpProfile = {
  ...portableProfile,

  gatedGelu(net, x, linear, width) {
    const { graph } = net;
    const both = net.linear(x, linear, 2 * width);
    const [kept, gate] = [graph.fresh('kept'), graph.fresh('gate')];
    graph.nodes('Split', [both.value], [kept, gate], { axis: -1, num_outputs: 2 });
    const opened = graph.node('Gelu', [gate], {}, 'com.microsoft');
    return { ...both, value: graph.node('Mul', [kept, opened]), channels: width };
  },
};
