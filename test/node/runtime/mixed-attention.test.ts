import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DenoiserPairRequest } from '../../../src/diffusion/ports.js';
import { declareSharedInputs } from '../../../src/runtime/models/mix-inputs.js';
import { mixedAttention } from '../../../src/runtime/models/mixed-attention.js';
import { Network } from '../../../src/runtime/models/network.js';
import { portableProfile } from '../../../src/runtime/models/portable-profile.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { pairFeeds } from '../../../src/runtime/unet-feeds.js';
import { cpuTensor, type CpuTensor } from '../../../src/tensor/tensor.js';
import { relativeError } from './goldens.js';

const [HEADS, WIDTH, SIDE] = [2, 3, 4];
const [CHANNELS, CELLS] = [HEADS * WIDTH, SIDE * SIDE];

/** Values between -1 and 1 that differ with the seed. */
function waves(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(seed + 1.7 * i + 0.3 * i * i));
}

function tokens(count: number, seed: number): CpuTensor {
  return cpuTensor(waves(count * CHANNELS, seed), [1, count, CHANNELS]);
}

/** Both rows of the pair. */
const own = {
  query: waves(2 * CELLS * CHANNELS, 1).map((value) => 2 * value),
  key: waves(2 * CELLS * CHANNELS, 2),
  value: waves(2 * CELLS * CHANNELS, 3),
};

/** A graph of one mixed layer, and what it gives for the second row. */
async function openLayer() {
  const source = { has: () => false, files: () => [], value: () => '' };
  const net = new Network(source, portableProfile);
  const { graph } = net;
  declareSharedInputs(graph);
  const dims = ['rows', 'tokens', CHANNELS];
  const input = (name: string) => graph.input(name, 'float32', dims);
  const projections = { query: input('query'), key: input('key'), value: input('value') };
  const shape = { layer: 0, heads: HEADS, channels: CHANNELS, nativeCells: CELLS };
  graph.output(mixedAttention(net, projections, shape), 'float32', dims, 'out');
  const session = await createOrtNodeRunner({ threads: 1 }).create(graph.toModel(), []);
  return async (request: Omit<DenoiserPairRequest, keyof typeof common>) => {
    const layer = { name: 'layer', downscale: 1, heads: HEADS, channels: CHANNELS } as const;
    const feeds = Object.fromEntries(
      Object.entries(pairFeeds([layer], { ...common, ...request })).filter(([name]) =>
        /^(mix|clip|general)\./.test(name),
      ),
    );
    const rows = Object.fromEntries(
      Object.entries(own).map(([name, data]) => [name, cpuTensor(data, [2, CELLS, CHANNELS])]),
    );
    const { out } = await session.run({ ...feeds, ...rows }, ['out']);
    return (await out.read()).subarray(CELLS * CHANNELS);
  };
}

const common = {
  samples: cpuTensor(new Float32Array(CELLS), [1, 1, SIDE, SIDE]),
  timestep: 1,
  promptEmbeds: cpuTensor(new Float32Array(1), [1, 1, 1]),
  freeU: undefined,
  signal: new AbortController().signal,
};

interface Keys {
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly bias: (j: number) => number;
}

interface Plain {
  readonly contrast: number;
  readonly clip: boolean;
  readonly renormalize: boolean;
}

/** Attention of the second row's queries by its definition, number by number. */
function plain(keys: Keys, { contrast, clip, renormalize }: Plain): Float32Array {
  const count = keys.key.length / CHANNELS;
  const out = new Float32Array(CELLS * CHANNELS);
  for (let cell = 0; cell < CELLS; cell++) {
    for (let head = 0; head < HEADS; head++) {
      const at = (x: Float32Array, token: number, c: number): number =>
        x[token * CHANNELS + head * WIDTH + c] ?? NaN;
      const terms = Array.from({ length: count }, (_, j) => {
        let dot = 0;
        for (let c = 0; c < WIDTH; c++) dot += at(own.query, CELLS + cell, c) * at(keys.key, j, c);
        return Math.exp(dot / Math.sqrt(WIDTH) + keys.bias(j));
      });
      const sum = terms.reduce((a, b) => a + b, 0);
      const weights = terms.map((term) => {
        const sharpened = contrast * (term / sum - 1 / count) + 1 / count;
        return clip ? Math.min(1, Math.max(0, sharpened)) : sharpened;
      });
      const whole = renormalize ? weights.reduce((a, b) => a + b, 0) : 1;
      for (let c = 0; c < WIDTH; c++) {
        out[cell * CHANNELS + head * WIDTH + c] = weights.reduce(
          (total, weight, j) => total + (weight / whole) * at(keys.value, j, c),
          0,
        );
      }
    }
  }
  return out;
}

function joined(...parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

void describe('a mixed layer beyond the paper', () => {
  const foreign = { key: tokens(CELLS, 5), value: tokens(CELLS, 6) };
  const few = { key: tokens(5, 7), value: tokens(5, 8), bias: Float32Array.of(0, 0, 1, 1, -2) };
  const second = {
    key: own.key.subarray(CELLS * CHANNELS),
    value: own.value.subarray(CELLS * CHANNELS),
  };
  const close = (found: Float32Array, wanted: Float32Array): void => {
    const error = relativeError(found, wanted);
    assert.ok(error < 1e-5, error.toExponential(1));
  };

  void it('divides rows of contrasted attention by their sums, and only then', async () => {
    const run = await openLayer();
    const keys = { key: foreign.key.data, value: foreign.value.data, bias: () => 0 };
    for (const renormalize of [true, false]) {
      const layers = [{ source: foreign, contrast: 3 }];
      const found = await run({ layers, clip: true, renormalize });
      close(found, plain(keys, { contrast: 3, clip: true, renormalize }));
    }
  });

  void it('contrasts with any β, clipped or not', async () => {
    const run = await openLayer();
    const keys = { key: foreign.key.data, value: foreign.value.data, bias: () => 0 };
    for (const contrast of [10, 1.67, 0.4, 0, -1]) {
      for (const clip of [true, false]) {
        const found = await run({ layers: [{ source: foreign, contrast }], clip });
        close(found, plain(keys, { contrast, clip, renormalize: false }));
      }
    }
  });

  void it('reads any number of foreign keys with their biases, contrasted by that number', async () => {
    const run = await openLayer();
    const keys = {
      key: few.key.data,
      value: few.value.data,
      bias: (j: number) => few.bias[j] ?? NaN,
    };
    for (const clip of [true, false]) {
      const found = await run({ layers: [{ source: few, contrast: 1.67 }], clip });
      close(found, plain(keys, { contrast: 1.67, clip, renormalize: false }));
    }
    const without = run({
      layers: [{ source: { ...few, bias: undefined }, contrast: 1 }],
      clip: true,
    });
    await assert.rejects(without, /are \[1, 5, 6\], but must be \[1, 16, 6\]/);
  });

  void it('reads its own keys beside the foreign ones, in one softmax', async () => {
    const run = await openLayer();
    for (const source of [foreign, few]) {
      const bias = (j: number): number =>
        source === few && j >= CELLS ? (few.bias[j - CELLS] ?? NaN) : 0;
      const keys = {
        key: joined(second.key, source.key.data),
        value: joined(second.value, source.value.data),
        bias,
      };
      const found = await run({
        layers: [{ source, contrast: 1.67 }],
        clip: true,
        besideOwn: true,
      });
      close(found, plain(keys, { contrast: 1.67, clip: true, renormalize: false }));
    }
  });

  void it('parts the queries between two sources with different numbers of keys', async () => {
    const run = await openLayer();
    const share = Float32Array.from({ length: CELLS }, (_, i) => i / CELLS);
    const region = {
      share: cpuTensor(share, [1, CELLS, 1]),
      underShare: cpuTensor(
        share.map((part) => 1 - part),
        [1, CELLS, 1],
      ),
      under: { ...foreign, bias: new Float32Array(CELLS) },
    };
    const settings = { contrast: 1.67, clip: true, renormalize: true };
    const found = await run({ layers: [{ source: few, contrast: 1.67, region }], ...settings });
    const top = plain(
      { key: few.key.data, value: few.value.data, bias: (j) => few.bias[j] ?? NaN },
      settings,
    );
    const below = plain(
      { key: foreign.key.data, value: foreign.value.data, bias: () => 0 },
      settings,
    );
    close(
      found,
      top.map((value, i) => {
        const part = share[Math.floor(i / CHANNELS)] ?? NaN;
        return part * value + (1 - part) * (below[i] ?? NaN);
      }),
    );
  });
});
