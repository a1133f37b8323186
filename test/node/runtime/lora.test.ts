import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Checkpoint, Denoiser, TextEncoder } from '../../../src/diffusion/ports.js';
import { createModelLibrary } from '../../../src/runtime/model-library.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { floats, GOLDENS, readGoldenAt, relativeError } from './goldens.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures/lora');
const recorded = readGoldenAt(FIXTURES, 'lora');
const { signal } = new AbortController();

/** A library with the recorded model and the two LoRA files; `warnings` takes what is told. */
function open(warnings: string[] = []) {
  const library = createModelLibrary(
    {
      list: () => Promise.resolve([]),
      find: (name, kind) =>
        packAt(
          kind === 'lora' ? join(FIXTURES, `${name}.safetensors`) : join(GOLDENS, 'model', name),
        ),
    },
    createOrtNodeRunner({ threads: 1 }),
  );
  const context = {
    signal,
    progress: () => undefined,
    warn: (message: string) => void warnings.push(message),
  };
  const load = (choices?: { prediction: 'v_prediction'; averaged: false }): Promise<Checkpoint> =>
    library.load('diffusers', signal, context.progress, {
      warn: context.warn,
      ...(choices && { choices }),
    });
  return { library, context, load };
}

async function outputs(denoiser: Denoiser, textEncoder: TextEncoder) {
  const tokens = recorded('tokens').data;
  const text = await textEncoder.encodeTokens([...tokens], signal);
  const sample = recorded('sample');
  const { noisePred } = await denoiser.predict({
    samples: cpuTensor(floats(sample), sample.shape),
    timesteps: [471],
    promptEmbeds: text,
    freeU: undefined,
    signal,
  });
  return { text: await text.read(), noise: await noisePred.read() };
}

function assertRecorded(found: { text: Float32Array; noise: Float32Array }, name: string): void {
  for (const part of ['text', 'noise'] as const) {
    const error = relativeError(found[part], floats(recorded(`${name}/${part}`)));
    assert.ok(error < 2e-5, `${name}/${part}: ${error.toExponential(1)}`);
  }
}

void describe('a LoRA', () => {
  for (const name of ['kohya', 'peft']) {
    void it(`gives what PyTorch gives after a plain merge (${name} keys)`, async () => {
      const { library, context, load } = open();
      const checkpoint = await load();
      const unet = await library.patchDenoiser(
        checkpoint.denoiser,
        { name, strength: 0.8 },
        context,
      );
      const text = await library.patchTextEncoder(
        checkpoint.textEncoder,
        { name, strength: -0.5 },
        context,
      );
      assertRecorded(await outputs(unet.part, text.part), name);
      assertRecorded(await outputs(checkpoint.denoiser, checkpoint.textEncoder), 'plain');
      for (const claim of [unet.claim, text.claim, checkpoint]) claim.dispose();
    });
  }

  void it('counts the layers that fit nothing, and names one', async () => {
    const warnings: string[] = [];
    const { library, context, load } = open(warnings);
    const checkpoint = await load();
    await library.patchDenoiser(checkpoint.denoiser, { name: 'kohya', strength: 1 }, context);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^1 of 20 layers .* unet_nowhere_to_be_found/);
  });

  void it('makes a network of its own by file and strength, and goes on top of another', async () => {
    const { library, context, load } = open();
    const { denoiser } = await load();
    const add = async (to: Denoiser, name: string, strength: number): Promise<Denoiser> =>
      (await library.patchDenoiser(to, { name, strength }, context)).part;
    const once = await add(denoiser, 'kohya', 0.5);
    assert.equal((await add(denoiser, 'kohya', 0.5)).id, once.id);
    const ids = [denoiser, once, await add(denoiser, 'kohya', 0.25), await add(once, 'peft', 0.5)];
    assert.equal(new Set(ids.map(({ id }) => id)).size, 4);
    const { textEncoder } = await load();
    const twice = await add(once, 'kohya', 0.3);
    const whole = await add(denoiser, 'kohya', 0.8);
    const error = relativeError(
      (await outputs(twice, textEncoder)).noise,
      (await outputs(whole, textEncoder)).noise,
    );
    assert.ok(error < 1e-4, error.toExponential(1));
  });
});

void describe('a network that predicts v', () => {
  void it('gives out the noise that diffusers makes of v', async () => {
    const { load } = open();
    const { denoiser, textEncoder } = await load({ prediction: 'v_prediction', averaged: false });
    const { noise } = await outputs(denoiser, textEncoder);
    const error = relativeError(noise, floats(recorded('v/noise')));
    assert.ok(error < 2e-5, error.toExponential(1));
    assert.notEqual(denoiser.id, (await load()).denoiser.id);
  });
});

void describe('the recording', () => {
  void it('has changes large enough to be told from rounding', () => {
    const plain = floats(recorded('plain/noise'));
    assert.ok(relativeError(floats(recorded('kohya/noise')), plain) > 0.1);
    assert.ok(readFileSync(join(FIXTURES, 'kohya.safetensors')).length > 0);
  });
});
