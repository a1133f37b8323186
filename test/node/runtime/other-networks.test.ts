import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { memorySource } from '../../../src/runtime/byte-source.js';
import { openVae } from '../../../src/runtime/checkpoint/open-vae.js';
import { createModelLibrary } from '../../../src/runtime/model-library.js';
import { loadVaePack } from '../../../src/runtime/model-pack.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { filesPack, type PackReader } from '../../../src/runtime/pack-reader.js';
import { lookAtPack } from '../../../src/worker/models/look-at-pack.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { floats, readGoldenAt, relativeError } from './goldens.js';
import { readAll, writeAll, type Tensors } from './safetensors-file.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures/networks');
const WEIGHTS = 'diffusion_pytorch_model.safetensors';
const recorded = readGoldenAt(FIXTURES, 'networks');
const { signal } = new AbortController();
const context = { signal, progress: () => undefined, warn: () => undefined };

const runner = createOrtNodeRunner({ threads: 1 });
const library = createModelLibrary(
  { list: () => Promise.resolve([]), find: (name) => packAt(join(FIXTURES, name)) },
  runner,
);
/** Finds files by their paths, with nothing beside them. */
const alone = createModelLibrary({ list: () => Promise.resolve([]), find: packAt }, runner);

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
    const file = join(FIXTURES, 'tiny-vae', WEIGHTS);
    assert.equal((await lookAtPack(await packAt(file))).kind, 'vae');
    const { part, claim } = await alone.loadVae(file, context);
    await assertRecorded(await part.decode(tensorOf('latent'), signal), 'decoded');
    await assertRecorded(await part.encode(tensorOf('pixels'), signal), 'encoded');
    claim.dispose();
  });

  const weights = readAll(readFileSync(join(FIXTURES, 'tiny-vae', WEIGHTS)));
  /** The published names of one half: numbers alone; the decoder's begin with a clamp that diffusers does not count. */
  const half = (part: 'encoder' | 'decoder', prefix = ''): Tensors =>
    new Map(
      [...weights].flatMap(([key, tensor]) => {
        const [, layer, rest = ''] =
          new RegExp(`^${part}\\.layers\\.(\\d+)(\\..*)$`).exec(key) ?? [];
        const number = Number(layer) + (part === 'decoder' ? 1 : 0);
        return layer === undefined ? [] : [[`${prefix}${String(number)}${rest}`, tensor] as const];
      }),
    );
  const file = (name: string, tensors: Tensors) => memorySource(name, writeAll(tensors, {}, 'F16'));
  const published = {
    'in two files': filesPack('taesd', [
      file('taesd_encoder.safetensors', half('encoder')),
      file('taesd_decoder.safetensors', half('decoder')),
    ]),
    'in one file with a prefix for each half': filesPack('taesd', [
      file(
        'taesd.safetensors',
        new Map([...half('encoder', 'taesd_encoder.'), ...half('decoder', 'taesd_decoder.')]),
      ),
    ]),
  };
  const bytesOf = async (pack: PackReader): Promise<ReadonlyMap<string, Uint8Array>> => {
    const { table } = await openVae(pack);
    const read = [...table.tensors].map(
      async ([name, { source, entry }]) =>
        [name, await source.read(entry.offset, entry.byteLength)] as const,
    );
    return new Map((await Promise.all(read)).sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  for (const [how, pack] of Object.entries(published)) {
    void it(`is recognised as TAESD was published, ${how}: the bytes of every layer are those of diffusers`, async () => {
      assert.equal((await lookAtPack(pack)).kind, 'vae');
      assert.deepEqual(
        await bytesOf(pack),
        await bytesOf(await packAt(join(FIXTURES, 'tiny-vae'))),
      );
      const { part, claim } = await loadVaePack(pack, runner);
      await assertRecorded(await part.decode(tensorOf('latent'), signal), 'decoded');
      await assertRecorded(await part.encode(tensorOf('pixels'), signal), 'encoded');
      claim.dispose();
    });
  }

  void it('decodes without its encoder, says what is missing to encode, and refuses an encoder alone', async () => {
    const decoder = filesPack('d', [file('taesd_decoder.safetensors', half('decoder'))]);
    const { part, claim } = await loadVaePack(decoder, runner);
    await assertRecorded(await part.decode(tensorOf('latent'), signal), 'decoded');
    await assert.rejects(part.encode(tensorOf('pixels'), signal), /decoder alone.*taesd_encoder/);
    claim.dispose();
    const encoder = filesPack('e', [file('taesd_encoder.safetensors', half('encoder'))]);
    await assert.rejects(lookAtPack(encoder), /encoder of TAESD alone.*taesd_decoder/);
  });
});
