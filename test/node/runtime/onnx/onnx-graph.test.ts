import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOrtNodeRunner } from '../../../../src/runtime/node/ort-node-runner.js';
import { OnnxGraph } from '../../../../src/runtime/onnx/onnx-graph.js';
import { cpuTensor } from '../../../../src/tensor/tensor.js';

/** The sum of every second pair of 50 numbers, each pair weighed by its place. */
function weighedPairs(): OnnxGraph {
  const graph = new OnnxGraph();
  const part = graph.parts(graph.input('x', 'float32', [1, 50]), 1, () => 50);
  const weighed = Array.from({ length: 12 }, (_unused, i) =>
    graph.node('Mul', [part(4 * i + 1, 2), graph.float32([i])]),
  );
  const sum = weighed.reduce((all, one) => graph.node('Add', [all, one]));
  graph.output(sum, 'float32', [1, 2], 'y');
  return graph;
}

describe('parts of a value', () => {
  it('are what lies there, and come from nodes of few outputs each, as graphics devices want it', async () => {
    const graph = weighedPairs();
    const x = Float32Array.from({ length: 50 }, (_unused, i) => i);
    const sums = [0, 1].map((at) =>
      Array.from({ length: 12 }, (_unused, i) => i * (4 * i + 1 + at)).reduce((a, b) => a + b),
    );
    const session = await createOrtNodeRunner({ threads: 1 }).create(graph.toModel(), []);
    const { y } = await session.run({ x: cpuTensor(x, [1, 50]) }, ['y']);
    assert.deepEqual([...(await y.read())], sums);
    await session.release();
    // 12 parts and 12 gaps, six by a node; 12 products and 11 sums.
    assert.equal(graph.nodeCount, 4 + 12 + 11);
  });
});
