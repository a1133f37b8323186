import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createModelLibrary } from '../../../src/runtime/model-library.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { lookAtPack } from '../../../src/worker/models/look-at-pack.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { floats, readGoldenAt, relativeError } from './goldens.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures/networks');
const recorded = readGoldenAt(FIXTURES, 'networks');
const { signal } = new AbortController();
const context = { signal, progress: () => undefined, warn: () => undefined };

const library = createModelLibrary(
  { list: () => Promise.resolve([]), find: (name) => packAt(join(FIXTURES, name)) },
  createOrtNodeRunner({ threads: 1 }),
);
/** Finds files by their paths, with nothing beside them. */
const alone = createModelLibrary(
  { list: () => Promise.resolve([]), find: packAt },
  createOrtNodeRunner({ threads: 1 }),
);

const tensorOf = (name: string): Tensor => {
  const array = recorded(name);
  return cpuTensor(floats(array), array.shape);
};

async function assertRecorded(found: Tensor, name: string): Promise<void> {
  assert.deepEqual(found.shape, recorded(name).shape);
  const error = relativeError(await found.read(), floats(recorded(name)));
  assert.ok(error < 2e-5, `${name}: ${error.toExponential(1)}`);
}

void describe('a network in the structure of Stable Diffusion 2.x', () => {
  for (const prediction of ['epsilon', 'v_prediction'] as const) {
    void it(`gives the text states and the noise that diffusers gives (${prediction})`, async () => {
      const checkpoint = await library.load('second', signal, context.progress, {
        choices: { prediction, averaged: false },
      });
      const tokens = [...recorded('tokens').data];
      const text = await checkpoint.textEncoder.encodeTokens(tokens, signal);
      await assertRecorded(text, 'text');
      const { noisePred } = await checkpoint.denoiser.predict({
        samples: tensorOf('sample'),
        timesteps: [471],
        promptEmbeds: text,
        freeU: undefined,
        signal,
      });
      await assertRecorded(noisePred, prediction);
      checkpoint.dispose();
    });
  }
});

void describe('an AutoencoderTiny', () => {
  void it('decodes and encodes as diffusers does', async () => {
    const { part, claim } = await library.loadVae('tiny-vae', context);
    await assertRecorded(await part.decode(tensorOf('latent'), signal), 'decoded');
    await assertRecorded(await part.encode(tensorOf('pixels'), signal), 'encoded');
    claim.dispose();
  });

  void it('is recognised in a file without a config, and decodes the same', async () => {
    const file = join(FIXTURES, 'tiny-vae/diffusion_pytorch_model.safetensors');
    assert.equal((await lookAtPack(await packAt(file))).kind, 'vae');
    const { part, claim } = await alone.loadVae(file, context);
    await assertRecorded(await part.decode(tensorOf('latent'), signal), 'decoded');
    await assertRecorded(await part.encode(tensorOf('pixels'), signal), 'encoded');
    claim.dispose();
  });
});
