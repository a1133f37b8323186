import { assert } from '../core/errors.js';
import { cpuTensor, type CpuTensor, type Tensor } from '../tensor/tensor.js';
import type { InferenceRunner } from './inference.js';
import { attentionMap } from './models/mixed-attention.js';
import { OnnxGraph } from './onnx/onnx-graph.js';

const NAMES = { query: 'query', key: 'key', mean: 'mean' } as const;
/** Weights of all heads that are made at once, in numbers. */
const WEIGHTS_AT_ONCE = 2 ** 22;

/**
 * Softmax(Q Kᵀ / √d) averaged over heads: `[1, N, C]` and `[1, M, C]` to `[N, M]`, some queries after the others, so that the maps
 * of all heads are never held. method.md 10.
 */
export async function headMeanAttention(
  runner: InferenceRunner,
  query: Tensor,
  key: Tensor,
  heads: number,
): Promise<CpuTensor> {
  const [batch, rows = 0, width = 0] = query.shape;
  const [keyBatch, columns = 0, keyWidth] = key.shape;
  assert(
    batch === 1 && keyBatch === 1 && width === keyWidth && width % heads === 0,
    `attention of ${String(heads)} heads needs [1, N, C] twice, got [${query.shape.join(', ')}] and [${key.shape.join(', ')}]`,
  );
  const queries = await query.read();
  const keys = cpuTensor(await key.read(), key.shape);
  const result = new Float32Array(rows * columns);
  const step = Math.max(1, Math.floor(WEIGHTS_AT_ONCE / (heads * columns)));
  const session = await runner.create(meanGraph(width, heads), []);
  try {
    for (let first = 0; first < rows; first += step) {
      const end = Math.min(rows, first + step);
      const part = queries.subarray(first * width, end * width);
      const feeds = { [NAMES.query]: cpuTensor(part, [1, end - first, width]), [NAMES.key]: keys };
      const { [NAMES.mean]: mean } = await session.run(feeds, [NAMES.mean]);
      result.set(await mean.read(), first * columns);
      mean.dispose();
    }
  } finally {
    await session.release();
  }
  return cpuTensor(result, [rows, columns]);
}

/** A graph of the mean map of some queries on all keys. */
function meanGraph(width: number, heads: number): Uint8Array {
  const graph = new OnnxGraph();
  const query = graph.input(NAMES.query, 'float32', [1, 'queries', width]);
  const key = graph.input(NAMES.key, 'float32', [1, 'keys', width]);
  const map = attentionMap(graph, query, key, heads, width);
  const mean = graph.node('ReduceMean', [map, graph.int64([0, 1])], { keepdims: 0 });
  graph.output(mean, 'float32', ['queries', 'keys'], NAMES.mean);
  return graph.toModel();
}
