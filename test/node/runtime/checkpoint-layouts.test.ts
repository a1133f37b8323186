import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { AppError } from '../../../src/core/errors.js';
import { emptyDocument } from '../../../src/core/graph/edits.js';
import { cpuOps } from '../../../src/diffusion/cpu-ops.js';
import { pixelsToPicture } from '../../../src/diffusion/image-processor.js';
import type { Checkpoint } from '../../../src/diffusion/ports.js';
import { previewThrough } from '../../../src/diffusion/preview-through.js';
import { memorySource } from '../../../src/runtime/byte-source.js';
import { identifyModel } from '../../../src/runtime/checkpoint/identify-model.js';
import type { ReadingChoices } from '../../../src/runtime/checkpoint/open-model.js';
import { readModelFacts, readVaeFacts } from '../../../src/runtime/model-facts.js';
import { loadPack, loadVaePack } from '../../../src/runtime/model-pack.js';
import { loadCheckpoint } from '../../../src/runtime/node/load-checkpoint.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { filesPack, type PackReader } from '../../../src/runtime/pack-reader.js';
import { lookAsGraphSays } from '../../../src/runtime/preview-sight.js';
import { lookAtPack } from '../../../src/worker/models/look-at-pack.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { GOLDENS, relativeError } from './goldens.js';
import { readAll, writeAll, type Tensors } from './safetensors-file.js';

const { signal } = new AbortController();
const FOLDER = join(GOLDENS, 'model/diffusers');
const ORIGINAL = readFileSync(join(GOLDENS, 'model/ldm/model.safetensors'));
const runner = createOrtNodeRunner({ threads: 1 });

/** Configs beside a file: the widths of the recorded model tell nothing of its heads. */
const configs = ['unet/config.json', 'vae/config.json', 'text_encoder/config.json'].map((path) =>
  memorySource(path, readFileSync(join(FOLDER, path))),
);

/** One original file with these tensors as a pack. */
function original(tensors: Tensors, metadata: Readonly<Record<string, string>> = {}): PackReader {
  return filesPack('one file', [
    memorySource('model.safetensors', writeAll(tensors, metadata)),
    ...configs,
  ]);
}

async function outputs(checkpoint: Checkpoint): Promise<readonly Float32Array[]> {
  const { denoiser, textEncoder, vae } = checkpoint;
  const ids = Array.from({ length: 77 }, (_unused, i) => (i === 0 ? 62 : i < 6 ? 3 * i : 63));
  const text = await textEncoder.encodeTokens(ids, signal);
  const values = Float32Array.from({ length: 4 * 16 * 16 }, (_unused, i) => Math.sin(i * 12.9898));
  const samples: Tensor = cpuTensor(values, [1, 4, 16, 16]);
  const request = { samples, timesteps: [471], promptEmbeds: text, freeU: undefined, signal };
  const { noisePred } = await denoiser.predict(request);
  const decoded = await vae.decode(samples, signal);
  return [await text.read(), await noisePred.read(), await decoded.read()];
}

async function outputsOf(pack: PackReader, choices?: ReadingChoices) {
  const checkpoint = await loadPack(pack, runner, choices ? { choices } : {});
  try {
    return await outputs(checkpoint);
  } finally {
    checkpoint.dispose();
  }
}

async function refusal(work: Promise<unknown>): Promise<AppError['details']> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof AppError, String(error));
  return error.details;
}

void describe('a checkpoint in every layout', () => {
  const tensors = readAll(ORIGINAL);
  let expected: readonly Float32Array[] | undefined;
  const folder = async (): Promise<readonly Float32Array[]> => {
    expected ??= await outputs(await loadCheckpoint(FOLDER, { threads: 1 }));
    return expected;
  };

  void it('gives the same bytes from a diffusers folder and from one original file', async () => {
    assert.deepEqual(await outputsOf(original(tensors)), await folder());
  });

  void it('reads an original file without the prefix text_model and with index buffers', async () => {
    const bare = new Map(
      [...tensors].map(([key, tensor]) => [key.replace('.text_model.', '.'), tensor] as const),
    );
    assert.deepEqual(await outputsOf(original(bare)), await folder());
  });

  void it('reads half precision and bfloat16, each as the rounded numbers that the file holds', async () => {
    for (const dtype of ['F16', 'BF16'] as const) {
      const rounded = writeAll(tensors, {}, dtype);
      const same = new Map(
        [...readAll(rounded)].map(([key, tensor]) => [key, { ...tensor, dtype: 'F32' }] as const),
      );
      const pack = filesPack('rounded', [memorySource('model.safetensors', rounded), ...configs]);
      const found = await outputsOf(pack);
      const wanted = await outputsOf(original(same));
      found.forEach((values, index) => {
        assert.ok(relativeError(values, wanted[index] ?? []) < 1e-6, `${dtype} ${String(index)}`);
      });
    }
  });

  void it('takes the averaged weights only when asked to', async () => {
    const key = 'model.diffusion_model.out.2.bias';
    const bias = tensors.get(key);
    assert(bias !== undefined);
    const average = { ...bias, values: bias.values.map((value) => value + 1) };
    const both = new Map([
      ...tensors,
      [`model_ema.${key.replace('model.', '').replaceAll('.', '')}`, average] as const,
    ]);
    const [, plain] = await outputsOf(original(both));
    assert.deepEqual(plain, (await folder())[1]);
    const [, averaged] = await outputsOf(original(both), { averaged: true });
    averaged?.forEach((value, i) => {
      assert.ok(Math.abs(value - (plain?.[i] ?? NaN) - 1) < 1e-5);
    });
    assert.equal((await identifyModel(original(both))).hasAveraged, true);
  });

  void it('reads a U-Net in parts that an index names, and says which part is missing', async () => {
    const unet = [...readAll(readFileSync(join(FOLDER, UNET)))];
    const parts = [unet.slice(0, 300), unet.slice(300)].map(
      (part, index) => [`part-${String(index)}.safetensors`, new Map(part)] as const,
    );
    const weight_map = Object.fromEntries(
      parts.flatMap(([name, part]) => [...part.keys()].map((key) => [key, name])),
    );
    const index = new TextEncoder().encode(JSON.stringify({ weight_map }));
    const rest = ['scheduler/scheduler_config.json', VAE, TEXT].map((path) =>
      memorySource(path, readFileSync(join(FOLDER, path))),
    );
    const files = [
      ...configs,
      ...rest,
      memorySource(`${UNET}.index.json`, index),
      ...parts.map(([name, part]) => memorySource(`unet/${name}`, writeAll(part))),
    ];
    assert.deepEqual(await outputsOf(filesPack('sharded', files)), await folder());
    const details = await refusal(loadPack(filesPack('sharded', files.slice(0, -1)), runner));
    assert.ok(details.code === 'model/missing' && details.reason.includes('part-1.safetensors'));
  });

  void it('names the weight that is not a number', async () => {
    const key = 'first_stage_model.decoder.conv_out.bias';
    const bias = tensors.get(key);
    assert(bias !== undefined);
    const spoilt = new Map([
      ...tensors,
      [key, { ...bias, values: bias.values.map(() => NaN) }] as const,
    ]);
    const details = await refusal(loadPack(original(spoilt), runner));
    assert.ok(details.code === 'model/invalid' && details.tensor === key);
    assert.match(details.reason, /NaN/);
  });

  void it('offers another autoencoder where a file has none, and loads one by itself', async () => {
    const without = new Map([...tensors].filter(([key]) => !key.startsWith('first_stage_model.')));
    const checkpoint = await loadPack(original(without), runner);
    const latent = cpuTensor(new Float32Array(4 * 64), [1, 4, 8, 8]);
    const details = await refusal(checkpoint.vae.decode(latent, signal));
    assert.ok(details.code === 'model/missing' && details.reason.includes('Load VAE'));
    checkpoint.dispose();
    const alone = new Map(
      [...tensors].flatMap(([key, tensor]) =>
        key.startsWith('first_stage_model.') ? [[key.slice(18), tensor] as const] : [],
      ),
    );
    for (const pack of [original(alone), original(tensors)]) {
      const { part, claim } = await loadVaePack(pack, runner);
      const whole = await loadCheckpoint(FOLDER, { threads: 1 });
      const wanted = await whole.vae.decode(latent, signal);
      assert.deepEqual(await (await part.decode(latent, signal)).read(), await wanted.read());
      claim.dispose();
      whole.dispose();
    }
    const wrong = await refusal(loadPack(original(alone), runner));
    assert.ok(wrong.code === 'model/unsupported' && wrong.reason.includes('Load VAE'));
  });
});

void describe('a TAESD beside a checkpoint', () => {
  const TINY = join(import.meta.dirname, '../../fixtures/networks/tiny-vae');
  const tiny = readAll(readFileSync(join(TINY, 'diffusion_pytorch_model.safetensors')));
  const decoder = new Map(
    [...tiny].flatMap(([key, tensor]) => {
      const [, layer, rest = ''] = /^decoder\.layers\.(\d+)(\..*)$/.exec(key) ?? [];
      return layer === undefined ? [] : [[`${String(Number(layer) + 1)}${rest}`, tensor] as const];
    }),
  );
  const beside = (path: string) => memorySource(path, writeAll(decoder));
  const file = memorySource('model.safetensors', ORIGINAL);
  const latent = cpuTensor(
    Float32Array.from({ length: 4 * 64 }, (_unused, i) => Math.sin(i * 7.13)),
    [1, 4, 8, 8],
  );
  const paths = ['taesd_decoder.safetensors', 'vae_approx/taesd_decoder.safetensors'];

  for (const path of paths) {
    void it(`shows latents on their way, and pictures stay its own autoencoder’s (${path})`, async () => {
      const alone = await loadVaePack(filesPack('t', [beside(paths[0] ?? '')]), runner);
      const plain = await loadPack(filesPack('plain', [file, ...configs]), runner);
      // Asked before the other is loaded: from then on latents of the same autoencoder are shown as the newest shows them.
      const fitted = await plain.vae.format.preview(latent);
      const pack = filesPack('with', [file, beside(path), ...configs]);
      const checkpoint = await loadPack(pack, runner);
      const { vae } = checkpoint;
      const expected = await pixelsToPicture(
        cpuOps.affine(await alone.part.decode(latent, signal), 0.5, 0.5),
      );
      assert.deepEqual((await vae.format.preview(latent)).data, expected.data);
      assert.notDeepEqual(fitted.data, expected.data);
      const decoded = await (await vae.decode(latent, signal)).read();
      assert.deepEqual(decoded, await (await plain.vae.decode(latent, signal)).read());
      assert.equal(vae.id, plain.vae.id);
      assert.ok(
        (await lookAtPack(pack)).tables.length > (await lookAtPack(plainPack)).tables.length,
      );
      for (const each of [checkpoint, plain, alone.claim]) each.dispose();
    });
  }
  const plainPack = filesPack('plain', [file, ...configs]);

  void it('looks through a decoder that a graph has, and no longer once it is gone from the graph', async () => {
    const small = await loadVaePack(filesPack('t', [beside(paths[0] ?? '')]), runner);
    const checkpoint = await loadPack(plainPack, runner);
    const { vae } = checkpoint;
    const seen = async () => (await vae.format.preview(latent)).data;
    const without = emptyDocument();
    const decoder = { type: 'PreviewDecoder', version: 1, inputs: {} };
    const withDecoder = { ...without, nodes: { 1: decoder } };
    const rough = await seen();
    lookAsGraphSays(withDecoder);
    const shown = previewThrough(vae, small.part, 'graph');
    const sharp = (await small.part.format.preview(latent)).data;
    assert.deepEqual(await seen(), sharp);
    lookAsGraphSays(without);
    assert.deepEqual(await seen(), rough);
    assert.deepEqual((await shown.format.preview(latent)).data, rough);
    lookAsGraphSays(withDecoder);
    assert.deepEqual(await seen(), sharp);
    for (const each of [checkpoint, small.claim]) each.dispose();
  });

  void it('tells how wide an AutoencoderTiny is at the picture’s own size, for the forecast', async () => {
    const inside = filesPack('tiny inside', [
      ...configs.filter(({ name }) => !name.startsWith('vae/')),
      ...['scheduler/scheduler_config.json', UNET, TEXT].map((path) =>
        memorySource(path, readFileSync(join(FOLDER, path))),
      ),
      memorySource('vae/config.json', readFileSync(join(TINY, 'config.json'))),
      memorySource(VAE, writeAll(tiny)),
    ]);
    const { vae } = await readModelFacts(inside);
    assert.deepEqual([vae.widestChannels, vae.downscale], [8, 8]);
    const alone = await readVaeFacts(
      filesPack('alone', [memorySource('vae.safetensors', writeAll(tiny))]),
    );
    const { name: _name, ...facts } = vae;
    assert.deepEqual({ ...alone, name: '' }, { ...facts, name: '' });
    assert.equal(vae.largestBytes, 4 * 8 * 8 * 3 * 3);
  });
});

const UNET = 'unet/diffusion_pytorch_model.safetensors';
const VAE = 'vae/diffusion_pytorch_model.safetensors';
const TEXT = 'text_encoder/model.safetensors';
