import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Checkpoint } from '../../../src/diffusion/ports.js';
import type { InferenceRunner } from '../../../src/runtime/inference.js';
import { loadPack } from '../../../src/runtime/model-pack.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { createOrtWasmRunner } from '../../../src/runtime/node/ort-wasm-runner.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';

const CREATURES = join(import.meta.dirname, '../../../public/models/creatures');
const { signal } = new AbortController();
const TIMESTEPS = [671, 401, 131, 11];

/** A runner that notes what its sessions were asked for: the shape of their first input, by their first output. */
function notingRunner(inner: InferenceRunner) {
  const asked = new Map<string, (readonly number[])[]>();
  const runner: InferenceRunner = {
    ...inner,
    async create(model, files) {
      const session = await inner.create(model, files);
      return {
        run(feeds, outputs) {
          const [first = ''] = outputs;
          const shape = Object.values(feeds)[0]?.shape ?? [];
          asked.set(first, [...(asked.get(first) ?? []), shape]);
          return session.run(feeds, outputs);
        },
        release: () => session.release(),
      };
    },
  };
  return { runner, asked };
}

function latent({ denoiser }: Checkpoint): Tensor {
  const shape = [1, denoiser.latentChannels, 8, 8];
  const values = Float32Array.from({ length: denoiser.latentChannels * 64 }, (_unused, i) =>
    Math.sin(i * 12.9898),
  );
  return cpuTensor(values, shape);
}

async function noises(
  checkpoint: Checkpoint,
  promptEmbeds: Tensor,
  ahead?: readonly number[],
): Promise<readonly Float32Array[]> {
  const made: Float32Array[] = [];
  for (const timestep of TIMESTEPS) {
    const { noisePred } = await checkpoint.denoiser.predict({
      samples: latent(checkpoint),
      timesteps: [timestep],
      promptEmbeds,
      freeU: undefined,
      ...(ahead && { ahead }),
      signal,
    });
    made.push(await noisePred.read());
  }
  return made;
}

void describe('what a forward needs of prompt and timestep', () => {
  const runners = { cpu: createOrtNodeRunner, wasm: createOrtWasmRunner } as const;
  for (const [name, create] of Object.entries(runners)) {
    void it(`is computed once for each, all timesteps of a run at once, with the same bytes: ${name}`, async () => {
      const { runner, asked } = notingRunner(create({ threads: 1 }));
      const checkpoint = await loadPack(await packAt(CREATURES), runner);
      const { promptEmbeds } = await checkpoint.textEncoder.encode(
        'a cow',
        signal,
        () => undefined,
      );
      const together = await noises(checkpoint, promptEmbeds, TIMESTEPS);
      assert.deepEqual(asked.get('table'), [[TIMESTEPS.length, 64]]);
      assert.deepEqual(asked.get('text.0.key'), [promptEmbeds.shape]);
      assert.deepEqual(await noises(checkpoint, promptEmbeds), together);
      assert.equal(asked.get('table')?.length, 1);
      checkpoint.dispose();

      const other = await loadPack(await packAt(CREATURES), runner);
      assert.deepEqual(await noises(other, promptEmbeds), together);
      assert.deepEqual(
        asked.get('table')?.slice(1),
        TIMESTEPS.map(() => [1, 64]),
      );
      assert.equal(asked.get('text.0.key')?.length, 2);
      other.dispose();
    });
  }
});
