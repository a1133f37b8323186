import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { AppError } from '../../../src/core/errors.js';
import { memorySource } from '../../../src/runtime/byte-source.js';
import { checkWeights } from '../../../src/runtime/checkpoint/check-weights.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { filesPack, type PackReader } from '../../../src/runtime/pack-reader.js';
import { sayError } from '../../../src/ui/messages.js';
import { lookAtPack } from '../../../src/worker/models/look-at-pack.js';
import { errorText } from '../../../tools/cli/headless/error-text.js';
import { createDiskModels } from '../../../tools/cli/headless/model-library.js';
import { GOLDENS } from '../runtime/goldens.js';
import { readAll, writeAll } from '../runtime/safetensors-file.js';

const WHOLE = readFileSync(join(GOLDENS, 'model/ldm/model.safetensors'));
const tensors = readAll(WHOLE);
const { signal } = new AbortController();

/** The model with one weight that is no number. */
function spoilt(): Uint8Array {
  const key = 'model.diffusion_model.out.2.bias';
  const bias = tensors.get(key);
  assert(bias !== undefined);
  return writeAll(new Map([...tensors, [key, { ...bias, values: bias.values.map(() => NaN) }]]));
}

const words = (text: string): Uint8Array => new TextEncoder().encode(text.padEnd(300));
const pickle = (...start: readonly number[]): Uint8Array =>
  Uint8Array.of(...start, ...new Array<number>(300).fill(7));

/** What lies at the path, and what is said of it: the fault and the remedy. */
const BROKEN: readonly (readonly [string, string, () => Uint8Array, RegExp])[] = [
  ['an empty file', 'empty.safetensors', () => new Uint8Array(0), /0 bytes.*download it again/i],
  [
    'a file that ends in its header',
    'begun.safetensors',
    () => WHOLE.subarray(0, 2000),
    /the file ends after 2000; download it again/i,
  ],
  [
    'a file that ends in its weights',
    'cut.safetensors',
    () => WHOLE.subarray(0, -1000),
    /download it again/i,
  ],
  [
    'a pickle',
    'model.ckpt',
    () => pickle(0x80, 2),
    /pickled.*can run code.*get the \.safetensors file/i,
  ],
  [
    'a zipped pickle that calls itself safetensors',
    'renamed.safetensors',
    () => pickle(0x50, 0x4b, 3, 4),
    /pickled.*get the \.safetensors file/i,
  ],
  [
    'a page of the Hub',
    'page.safetensors',
    () => words('<!doctype html><html><title>Sign in</title>'),
    /web page.*use the address of its download/i,
  ],
  [
    'a weight that is not a number',
    'nan.safetensors',
    spoilt,
    /out\.2\.bias.*NaN.*choose another/i,
  ],
];

/** What the panel does before a model can be chosen: look, then read every weight. */
async function inPanel(pack: PackReader): Promise<string> {
  try {
    const { tables } = await lookAtPack(pack);
    await checkWeights(tables, signal);
  } catch (error) {
    assert(error instanceof AppError, String(error));
    return sayError(error.details);
  }
  throw new Error('The model was accepted.');
}

void describe('a model that cannot be used', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossweave-models-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [what, name, content, said] of BROKEN) {
    void it(`is refused with its fault and the remedy, in the terminal and in the panel: ${what}`, async () => {
      const path = join(folder, name);
      await writeFile(path, content());
      const models = createDiskModels({ cwd: folder, models: folder, provider: 'cpu', threads: 1 });
      const refused = await models
        .load(path, signal, () => undefined)
        .then(
          () => 'accepted',
          (error: unknown) => errorText(error),
        );
      assert.match(refused, said);
      assert.doesNotMatch(refused, /\n/);
      assert.match(await inPanel(await packAt(path)), said);
    });
  }

  const json = (path: string, content: object) =>
    memorySource(path, words(JSON.stringify(content)));
  const config = (name: string) => ({ bos_token: name, eos_token: name });
  const withTokenizer = (vocab: object, name: string): PackReader =>
    filesPack('model', [
      memorySource('model.safetensors', WHOLE),
      json('tokenizer/vocab.json', vocab),
      memorySource('tokenizer/merges.txt', words('#version: 0.2\n')),
      json('tokenizer/tokenizer_config.json', config(name)),
    ]);

  void it('is refused with a tokenizer of another model, larger or of another kind', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 90 }, (_unused, id) => [`w${String(id)}`, id]),
    );
    assert.match(
      await inPanel(withTokenizer({ ...many, '<|endoftext|>': 90 }, '<|endoftext|>')),
      /91 words, but the text encoder knows 64.*tokenizer folder of the same model/,
    );
    assert.match(
      await inPanel(withTokenizer({ a: 0, b: 1 }, '[SEP]')),
      /tokenizer_config\.json.*names no eos_token/,
    );
  });

  void it('is told, and used, when its weights have several precisions', async () => {
    const full = new Map([...tensors].filter(([key]) => key.startsWith('first_stage_model.')));
    const half = writeAll(new Map([...tensors].filter(([key]) => !full.has(key))), {}, 'F16');
    const path = join(folder, 'mixed.safetensors');
    await writeFile(path, joined(half, writeAll(full)));
    const { words: told } = await lookAtPack(await packAt(path));
    assert.deepEqual([...told.dtypes].sort(), ['F16', 'F32']);
    assert.ok(told.notes.some((note) => note.includes('several precisions')));
  });
});

/** Two safetensors files as one. */
function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const parts = [a, b].map((file) => {
    const view = new DataView(file.buffer, file.byteOffset);
    const start = 8 + Number(view.getBigUint64(0, true));
    const text = new TextDecoder().decode(file.subarray(8, start));
    const header = JSON.parse(text) as Record<string, { data_offsets: [number, number] }>;
    return { header, data: file.subarray(start) };
  });
  const header: Record<string, unknown> = {};
  let base = 0;
  for (const part of parts) {
    for (const [key, entry] of Object.entries(part.header)) {
      if (key === '__metadata__') continue;
      const [begin, end] = entry.data_offsets;
      header[key] = { ...entry, data_offsets: [base + begin, base + end] };
    }
    base += part.data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + text.byteLength + base);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.byteLength), true);
  file.set(text, 8);
  let at = 8 + text.byteLength;
  for (const { data } of parts) {
    file.set(data, at);
    at += data.byteLength;
  }
  return file;
}
