import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memorySource } from '../../../../src/runtime/byte-source.js';
import { tableWeights } from '../../../../src/runtime/models/weights.js';
import { createOrtNodeRunner } from '../../../../src/runtime/node/ort-node-runner.js';
import { OnnxGraph } from '../../../../src/runtime/onnx/onnx-graph.js';
import { readSafetensors } from '../../../../src/runtime/safetensors.js';
import { fileTable, keepsHalves, type WeightTable } from '../../../../src/runtime/weight-table.js';
import { cpuTensor } from '../../../../src/tensor/tensor.js';
import { writeAll } from '../safetensors-file.js';

async function halfTable(): Promise<WeightTable> {
  const values = Float32Array.from({ length: 6 }, (_unused, i) => i / 4 - 1);
  const file = writeAll(new Map([['w', { dtype: 'F16', shape: [2, 3], values }]]), {}, 'F16');
  return fileTable(await readSafetensors(memorySource('halves.safetensors', file)));
}

describe('half-precision weights', () => {
  it('give the same numbers widened once or in every run', async () => {
    const table = await halfTable();
    const runner = createOrtNodeRunner({ threads: 1 });
    for (const keeps of [false, true]) {
      const graph = new OnnxGraph();
      const weights = tableWeights(table, {
        diskFolder: runner.diskFolder,
        keepsHalves: keeps,
      });
      const weight = weights.value(graph, 'w', [2, 3], { precision: 'float32' });
      const product = graph.node('MatMul', [graph.input('x', 'float32', [1, 2]), weight]);
      graph.output(product, 'float32', [1, 3], 'y');
      const session = await runner.create(graph.toModel(), weights.files());
      for (let run = 0; run < 2; run++) {
        const { y } = await session.run({ x: cpuTensor(Float32Array.of(1, 2), [1, 2]) }, ['y']);
        assert.deepEqual([...(await y.read())], [-1.5, -0.75, 0]);
      }
      await session.release();
    }
  });

  it('stay half where a large network runs on the CPU, and are widened once elsewhere', async () => {
    const table = await halfTable();
    const [tensor] = table.tensors.values();
    assert.ok(tensor);
    const entry = { ...tensor.entry, byteLength: 2 ** 30 };
    const large = { ...table, tensors: new Map([['w', { ...tensor, entry }]]) };
    assert.equal(keepsHalves(large, 'portable'), true);
    assert.equal(keepsHalves(large, 'webgpu'), false);
    assert.equal(keepsHalves(table, 'portable'), false);
  });
});
