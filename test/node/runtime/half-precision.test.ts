import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Checkpoint } from '../../../src/diffusion/ports.js';
import { carefulSession } from '../../../src/runtime/careful-session.js';
import type { InferenceSession } from '../../../src/runtime/inference.js';
import { loadPack } from '../../../src/runtime/model-pack.js';
import { ELEMENT_TYPE, OnnxGraph, type Value } from '../../../src/runtime/onnx/onnx-graph.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { relativeError } from './goldens.js';

const CREATURES = join(import.meta.dirname, '../../../public/models/creatures');
const { signal } = new AbortController();
const FREE_U = { b1: 1.2, b2: 1.4, s1: 0.9, s2: 0.2 };

/** A plain forward and a contrasted pair on its keys and values. */
async function noises({ denoiser, textEncoder }: Checkpoint): Promise<readonly Float32Array[]> {
  const { promptEmbeds } = await textEncoder.encode('a cow', signal, () => undefined);
  const values = Float32Array.from({ length: denoiser.latentChannels * 64 }, (_unused, i) =>
    Math.sin(i * 12.9898),
  );
  const samples = cpuTensor(values, [1, denoiser.latentChannels, 8, 8]);
  const common = { samples, promptEmbeds, freeU: FREE_U, signal };
  const capture = { keysValues: true };
  const plain = await denoiser.predict({ ...common, timesteps: [401], capture });
  const layers = plain.keysValues?.layers.map((source) => ({ source, contrast: 1.67 })) ?? [];
  const pair = await denoiser.predictPair({ ...common, timestep: 401, layers, clip: true });
  return [await plain.noisePred.read(), await pair.self.read(), await pair.cross.read()];
}

type Nodes = (this: OnnxGraph, ...given: Parameters<OnnxGraph['nodes']>) => void;
type External = (this: OnnxGraph, ...given: Parameters<OnnxGraph['external']>) => Value;

/** Runs `work`; gives the types of the first input of all nodes of these operators that graphs got meanwhile. */
async function typesOf(ops: readonly string[], work: () => Promise<void>): Promise<Set<string>> {
  const types = new Map<Value, number>();
  const seen = new Set<string>();
  const { prototype } = OnnxGraph;
  const nodes: Nodes = Reflect.get(prototype, 'nodes');
  const external: External = Reflect.get(prototype, 'external');
  prototype.external = function (...given) {
    types.set(given[0], ELEMENT_TYPE[given[1]]);
    return external.apply(this, given);
  };
  prototype.nodes = function (...given) {
    const [op, [first = ''], outputs, attributes] = given;
    const type = types.get(first) ?? ELEMENT_TYPE.float32;
    for (const output of outputs)
      types.set(output, op === 'Cast' ? Number(attributes?.['to']) : type);
    if (ops.includes(op)) seen.add(`${op} ${String(type)}`);
    nodes.apply(this, given);
  };
  try {
    await work();
  } finally {
    Object.assign(prototype, { nodes, external });
  }
  return seen;
}

void describe('a U-Net in half precision', () => {
  void it('gives the noise of full precision to a hundredth, plain and contrasted', async () => {
    const runner = createOrtNodeRunner({ threads: 1 });
    const full = await loadPack(await packAt(CREATURES), runner);
    const expected = await noises(full);
    full.dispose();
    const half = await loadPack(await packAt(CREATURES), { ...runner, half: true });
    const found = await noises(half);
    half.dispose();
    found.forEach((noise, i) => {
      const error = relativeError(noise, expected[i] ?? []);
      assert.ok(error > 0 && error <= 1e-2, `prediction ${String(i)} is off by ${String(error)}`);
    });
  });

  void it('computes norms, softmax and clip in full precision, products in half', async () => {
    const ops = 'InstanceNormalization LayerNormalization BatchNormalization Softmax Clip Conv';
    const seen = await typesOf(ops.split(' '), async () => {
      const runner = { ...createOrtNodeRunner({ threads: 1 }), half: true };
      const checkpoint = await loadPack(await packAt(CREATURES), runner);
      await noises(checkpoint);
      checkpoint.dispose();
    });
    const half = `Conv ${String(ELEMENT_TYPE.float16)}`;
    assert.ok(seen.has(half));
    const others = [...seen].filter((each) => !each.startsWith('Conv '));
    assert.equal(others.length, 5);
    assert.ok(others.every((each) => each.endsWith(` ${String(ELEMENT_TYPE.float32)}`)));
  });

  void it('is given up for full precision, once and for all, when what comes out is not finite', async () => {
    const asked: string[] = [];
    const gives = (name: string, value: number): InferenceSession => ({
      run(_feeds, outputs) {
        asked.push(name);
        const tensor = cpuTensor(Float32Array.of(value), [1]);
        const made = outputs.map((output) => [output, tensor]);
        return Promise.resolve(Object.fromEntries(made) as never);
      },
      release: () => Promise.resolve(asked.push(`${name} released`)).then(() => undefined),
    });
    const half = gives('half', Infinity);
    const session = carefulSession({ half, full: gives('full', 1), isTelling: () => true });
    for (let i = 0; i < 2; i++) {
      const { noise } = await session.run({}, ['noise']);
      assert.deepEqual(await noise.read(), Float32Array.of(1));
    }
    assert.deepEqual(asked, ['half', 'half released', 'full', 'full']);
  });
});
