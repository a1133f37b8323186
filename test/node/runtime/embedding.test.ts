import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Checkpoint, TextEncoder } from '../../../src/diffusion/ports.js';
import { memorySource } from '../../../src/runtime/byte-source.js';
import { createModelLibrary } from '../../../src/runtime/model-library.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { filesPack, type PackReader } from '../../../src/runtime/pack-reader.js';
import { clipTokenizer } from '../../../src/runtime/prompt-tokenizer.js';
import { lookAtPack } from '../../../src/worker/models/look-at-pack.js';
import { GOLDENS } from './goldens.js';
import { readAll, writeAll, type MemoryTensor, type Tensors } from './safetensors-file.js';

const { signal } = new AbortController();
const FOLDER = join(GOLDENS, 'model/diffusers');
const TABLE = 'cond_stage_model.transformer.text_model.embeddings.token_embedding.weight';
const model = readAll(readFileSync(join(GOLDENS, 'model/ldm/model.safetensors')));
const table = model.get(TABLE);
assert(table !== undefined);
const [vocabulary = 0, width = 0] = table.shape;

const configs = ['unet/config.json', 'vae/config.json', 'text_encoder/config.json'].map((path) =>
  memorySource(path, readFileSync(join(FOLDER, path))),
);
/** A vocabulary as large as the recorded model's: letters within and at the end of words, and the two special tokens. */
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const words = [...letters, ...letters.map((letter) => `${letter}</w>`)].slice(0, vocabulary - 2);
const vocab = Object.fromEntries(
  [...words, '<|startoftext|>', '<|endoftext|>'].map((token, id) => [token, id]),
);
const json = (path: string, content: object) =>
  memorySource(path, new TextEncoder().encode(JSON.stringify(content)));
const tokenizer = [
  json('tokenizer/tokenizer.json', clipTokenizer(vocab, '#version: 0.2\n')),
  json('tokenizer/tokenizer_config.json', {
    bos_token: '<|startoftext|>',
    eos_token: '<|endoftext|>',
  }),
];

function checkpointOf(tensors: Tensors): PackReader {
  const file = memorySource('model.safetensors', writeAll(tensors));
  return filesPack('model', [file, ...configs, ...tokenizer]);
}

function vectors(count: number, seed: number): MemoryTensor {
  const values = Float32Array.from({ length: count * width }, (_unused, i) =>
    Math.fround(Math.sin(seed + i * 0.7) / 16),
  );
  return { dtype: 'F32', shape: [count, width], values };
}

const cat = vectors(2, 1);
const ink = vectors(1, 2);
const embedding = (name: string, tensors: Record<string, MemoryTensor>): PackReader =>
  filesPack(name, [
    memorySource(`${name}.safetensors`, writeAll(new Map(Object.entries(tensors)))),
  ]);
const files: Readonly<Record<string, PackReader>> = {
  cat: embedding('cat', { emb_params: cat }),
  ink: embedding('learned_embeds', { '<ink-style>': { ...ink, shape: [width] } }),
  wide: embedding('wide', { emb_params: { ...cat, shape: [1, 2 * width] } }),
  large: embedding('large', { clip_g: cat }),
  spoilt: embedding('spoilt', { emb_params: { ...cat, values: cat.values.map(() => NaN) } }),
};

function open(warnings: string[] = []) {
  const library = createModelLibrary(
    {
      list: () => Promise.resolve([]),
      find: (name, kind) => {
        const pack = kind === 'embedding' ? files[name] : checkpointOf(model);
        return pack ? Promise.resolve(pack) : Promise.reject(new Error(name));
      },
    },
    createOrtNodeRunner({ threads: 1 }),
  );
  const warn = (message: string): void => void warnings.push(message);
  const context = { signal, progress: () => undefined, warn };
  const load = (): Promise<Checkpoint> => library.load('model', signal, context.progress);
  return { library, context, load, warn };
}

async function states(encoder: TextEncoder, prompt: string, warnings: string[] = []) {
  const warn = (message: string): void => void warnings.push(message);
  const { promptEmbeds, words: said } = await encoder.encode(prompt, signal, warn);
  return { values: await promptEmbeds.read(), words: said };
}

void describe('a textual inversion', () => {
  void it('gives what a model gives whose own table of words holds its vectors, byte for byte', async () => {
    const { library, context, load } = open();
    const checkpoint = await load();
    const one = await library.addEmbedding(checkpoint.textEncoder, 'cat', context);
    const both = await library.addEmbedding(one.part, 'ink', context);
    const taught = await states(both.part, 'a embedding:cat b <INK-style>');

    const values = table.values.slice();
    const [x, y, z] = ['x</w>', 'y</w>', 'z</w>'].map((token) => vocab[token] ?? NaN);
    values.set(cat.values.subarray(0, width), (x ?? NaN) * width);
    values.set(cat.values.subarray(width), (y ?? NaN) * width);
    values.set(ink.values, (z ?? NaN) * width);
    const changed = new Map([...model, [TABLE, { ...table, values }] as const]);
    const plain = createModelLibrary(
      { list: () => Promise.resolve([]), find: () => Promise.resolve(checkpointOf(changed)) },
      createOrtNodeRunner({ threads: 1 }),
    );
    const other = await plain.load('changed', signal, context.progress);
    const expected = await states(other.textEncoder, 'a x y b z');
    assert.deepEqual(taught.values, expected.values);
    for (const name of ['<ink>', 'embedding:ink', '<learned_embeds>']) {
      const called = await states(both.part, `a <cat> b ${name}`);
      assert.deepEqual(called.values, expected.values, name);
    }
    assert.deepEqual(taught.words, [
      { text: 'a', tokens: [1] },
      { text: 'cat', tokens: [2, 3] },
      { text: 'b', tokens: [4] },
      { text: 'ink-style', tokens: [5] },
    ]);
    for (const claim of [one.claim, both.claim, checkpoint, other]) claim.dispose();
  });

  void it('changes nothing in prompts without its word, and has a name of its own', async () => {
    const { library, context, load } = open();
    const { textEncoder } = await load();
    const { part } = await library.addEmbedding(textEncoder, 'cat', context);
    const again = await library.addEmbedding(textEncoder, 'cat', context);
    assert.equal(part.id, again.part.id);
    assert.notEqual(part.id, textEncoder.id);
    const prompt = 'a cat, cats';
    assert.deepEqual(
      (await states(part, prompt)).values,
      (await states(textEncoder, prompt)).values,
    );
  });

  void it('tells a prompt that asks for a word which was not loaded', async () => {
    const { library, context, load } = open();
    const { part } = await library.addEmbedding((await load()).textEncoder, 'cat', context);
    const warnings: string[] = [];
    await states(part, 'embedding:cat.safetensors embedding:dog', warnings);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /“dog” is loaded.*Load Embedding/);
  });

  void it('refuses another width, another network’s vectors and NaN in words', async () => {
    const { library, context, load } = open();
    const { textEncoder } = await load();
    const add = (name: string) => library.addEmbedding(textEncoder, name, context);
    const wide = new RegExp(`${String(2 * width)} wide.*${String(width)} wide.*choose one`);
    await assert.rejects(add('wide'), wide);
    await assert.rejects(add('large'), /second text encoder.*choose one/);
    await assert.rejects(add('spoilt'), /NaN.*choose another/);
    assert.equal((await lookAtPack(files['ink'] ?? checkpointOf(model))).kind, 'embedding');
    const asModel = filesPack('cat', [
      memorySource('cat.safetensors', writeAll(new Map([['emb_params', cat]]))),
    ]);
    const places = { list: () => Promise.resolve([]), find: () => Promise.resolve(asModel) };
    const other = createModelLibrary(places, createOrtNodeRunner({ threads: 1 }));
    await assert.rejects(other.load('cat', signal, context.progress), /Load Embedding/);
  });
});
