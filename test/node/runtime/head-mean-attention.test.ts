import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headMeanAttention } from '../../../src/runtime/head-mean-attention.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { createOrtWasmRunner } from '../../../src/runtime/node/ort-wasm-runner.js';
import { headMeanWeights } from '../../../src/tensor/attention.js';
import { gaussian } from '../../../src/tensor/philox.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { relativeError } from './goldens.js';

void describe('attention averaged over heads by a runtime', () => {
  const runners = { cpu: createOrtNodeRunner, wasm: createOrtWasmRunner } as const;
  const shapes = {
    'in one piece': { queries: 37, keys: 21, heads: 3, width: 5 },
    'queries in pieces, the last one short': { queries: 5, keys: 2 ** 13, heads: 256, width: 1 },
  };
  for (const [name, create] of Object.entries(runners)) {
    for (const [how, { queries, keys, heads, width }] of Object.entries(shapes)) {
      void it(`is what the definition gives: ${name}, ${how}`, async () => {
        const channels = heads * width;
        const query = gaussian(1n, 0, queries * channels).map((value) => 3 * value);
        const key = gaussian(1n, 1, keys * channels);
        const mean = await headMeanAttention(
          create({ threads: 1 }),
          cpuTensor(query, [1, queries, channels]),
          cpuTensor(key, [1, keys, channels]),
          heads,
        );
        assert.deepEqual(mean.shape, [queries, keys]);
        const expected = headMeanWeights(query, key, channels, heads);
        assert.ok(relativeError(mean.data, expected) <= 1e-5);
      });
    }
  }
});
