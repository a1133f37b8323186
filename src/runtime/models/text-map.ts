import type { Value } from '../onnx/onnx-graph.js';
import { attentionMap, choose } from './mixed-attention.js';
import type { Network } from './network.js';
import { UNET_NAMES } from './unet-names.js';

/** Gives out the mean over heads of a text attention, `[rows, cells, tokens]`, where it is wanted, else a single zero. */
export function giveTextMap(
  net: Network,
  query: Value,
  key: Value,
  { heads, channels }: { readonly heads: number; readonly channels: number },
): void {
  const { graph } = net;
  const dims = ['map rows', 'map cells', 'map tokens'];
  const map = choose(
    graph,
    UNET_NAMES.wantsTextMap,
    dims,
    (wanted) => {
      const [exactQuery, exactKey] = [net.full(query, wanted), net.full(key, wanted)];
      const perHead = attentionMap(wanted, exactQuery, exactKey, heads, channels);
      return wanted.node('ReduceMean', [perHead, wanted.int64([1])], { keepdims: 0 });
    },
    (nothing) => nothing.node('Identity', [nothing.float32([0], [1, 1, 1])]),
  );
  graph.output(map, 'float32', dims, UNET_NAMES.textMap);
}
