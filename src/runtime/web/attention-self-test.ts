import { cpuTensor, type Tensor } from '../../tensor/tensor.js';
import type { InferenceRunner } from '../inference.js';
import { OnnxGraph, type Value } from '../onnx/onnx-graph.js';

const HEADS = 2;
const WIDTH = 40;
const CHANNELS = HEADS * WIDTH;
const [QUERIES, KEYS] = [64, 77];
const TOLERANCE = 1e-3;

/**
 * Compares fused attention with the product, softmax and product that it stands for, on this runner. Gives what is
 * wrong in words, or undefined when all is well.
 */
export async function testAttention(runner: InferenceRunner): Promise<string | undefined> {
  const session = await runner.create(attentionGraph(), []);
  const feeds = {
    query: waves(QUERIES, 1),
    key: waves(KEYS, 2),
    value: waves(KEYS, 3),
  };
  const { fused, plain } = await session.run(feeds, ['fused', 'plain']);
  const [found, expected] = [await fused.read(), await plain.read()];
  fused.dispose();
  plain.dispose();
  await session.release();
  const error = found.reduce((worst, value, i) => {
    const difference = Math.abs(value - (expected[i] ?? NaN));
    return difference <= worst ? worst : difference;
  }, 0);
  return error <= TOLERANCE ? undefined : `fused attention is off by ${error.toPrecision(2)}`;
}

/** Both forms of attention of the same queries, keys and values. */
function attentionGraph(): Uint8Array {
  const graph = new OnnxGraph();
  const input = (name: string, tokens: number): Value =>
    graph.input(name, 'float32', [1, tokens, CHANNELS]);
  const [query, key, value] = [
    input('query', QUERIES),
    input('key', KEYS),
    input('value', KEYS),
  ] as const;
  const attributes = { num_heads: HEADS };
  const fused = graph.node('MultiHeadAttention', [query, key, value], attributes, 'com.microsoft');
  const split = (x: Value, tokens: number, perm: readonly number[]): Value => {
    const shape = graph.int64([1, tokens, HEADS, WIDTH]);
    return graph.node('Transpose', [graph.node('Reshape', [x, shape])], { perm });
  };
  const scores = graph.node('MatMul', [
    split(query, QUERIES, [0, 2, 1, 3]),
    split(key, KEYS, [0, 2, 3, 1]),
  ]);
  const scaled = graph.node('Mul', [scores, graph.float32([1 / Math.sqrt(WIDTH)])]);
  const weights = graph.node('Softmax', [scaled], { axis: -1 });
  const mixed = graph.node('MatMul', [weights, split(value, KEYS, [0, 2, 1, 3])]);
  const merged = graph.node('Transpose', [mixed], { perm: [0, 2, 1, 3] });
  const shape = [1, QUERIES, CHANNELS];
  graph.output(fused, 'float32', shape, 'fused');
  graph.output(graph.node('Reshape', [merged, graph.int64(shape)]), 'float32', shape, 'plain');
  return graph.toModel();
}

/** Values of about -2..2 that differ from token to token, so that the softmax is neither flat nor a single one. */
function waves(tokens: number, phase: number): Tensor {
  const values = Float32Array.from(
    { length: tokens * CHANNELS },
    (_, i) => 2 * Math.sin(phase + 0.37 * i + 0.011 * (i % CHANNELS) ** 2),
  );
  return cpuTensor(values, [1, tokens, CHANNELS]);
}
