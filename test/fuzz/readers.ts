import { readdir, readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { graphFromFragment } from '../../src/app/share-link.js';
import { shareMark } from '../../src/app/share-mark.js';
import { flatten } from '../../src/core/graph/flatten.js';
import { loadDocument } from '../../src/core/graph/load.js';
import { parseDocument } from '../../src/core/graph/parse.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { validate } from '../../src/core/graph/validate.js';
import { exportApi } from '../../src/core/interchange/export-api.js';
import { exportWorkflow } from '../../src/core/interchange/export-workflow.js';
import { readAnyGraph } from '../../src/core/interchange/read-any-graph.js';
import { expandLanes, laneNames, readLanes } from '../../src/diffusion/lane-texts.js';
import { openTokenizer } from '../../src/runtime/checkpoint/open-tokenizer.js';
import { describeFile } from '../../src/runtime/checkpoint/describe-file.js';
import { memorySource } from '../../src/runtime/byte-source.js';
import { openVae } from '../../src/runtime/checkpoint/open-vae.js';
import { readEmbedding } from '../../src/runtime/embedding/embedding-file.js';
import { readLora } from '../../src/runtime/lora/lora-file.js';
import { parseClipTextConfig } from '../../src/runtime/models/clip-text-model.js';
import { parseUnetConfig } from '../../src/runtime/models/unet-config.js';
import { filesPack } from '../../src/runtime/pack-reader.js';
import { createPromptTokenizer } from '../../src/runtime/prompt-tokenizer.js';
import { readSafetensors } from '../../src/runtime/safetensors.js';
import { readGraphFrom, withGraph } from '../../src/storage/graph-in-png.js';
import { parseModelAddress } from '../../src/storage/models/model-address.js';
import { encodePng } from '../../src/storage/png-picture.js';
import { decodePicture } from '../../tools/cli/headless/picture-file.js';
import { registry } from '../../tools/cli/headless/project.js';
import { jsonValue, mutatedBytes, mutatedJson, mutatedText } from './mutations.js';

/** Something that reads what comes from outside, with inputs of the kind that it might be given. */
export interface Reader<Input = unknown> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Reads one input: returns, or throws an `AppError`. */
  read(input: Input): unknown;
}

function reader<Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  read: (input: Input) => unknown,
): Reader {
  return { name, inputs, read: (input) => read(input as Input) };
}

const app = { name: 'Crossweave', version: '0.0.0' };
const pixels = { width: 8, height: 6, data: new Uint8ClampedArray(8 * 6 * 4).fill(77) };
const utf8 = new TextEncoder();

/** Every reader of what is not ours, each with real inputs that were changed, and with ones made of nothing. */
export async function makeReaders(): Promise<readonly Reader[]> {
  const names = (await readdir('graphs')).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(`graphs/${name}`, 'utf8')));
  const documents = texts.map((text) => loadDocument(text, registry).document);
  return [
    ...graphReaders(texts, documents),
    ...(await pictureReaders(documents)),
    ...(await modelReaders()),
    reader('schedule notation', laneTexts, (lanes) => expandLanes(readLanes(lanes), 70)),
    reader('URL fragment', fragments(texts), async (text) =>
      use(await graphFromFragment(text, registry)),
    ),
    reader('model address', addresses, (text) => parseModelAddress(text, 'http://localhost:8080')),
  ];
}

function graphReaders(
  texts: readonly string[],
  documents: readonly GraphDocument[],
): readonly Reader[] {
  const own = texts.map((text) => JSON.parse(text) as unknown);
  const foreign = documents.flatMap((document) => [
    exportWorkflow(document, registry, app),
    exportApi(document, registry),
  ]);
  const foreignTexts = foreign.map((graph) => JSON.stringify(graph));
  const asText = (json: unknown): string => JSON.stringify(json);
  const arbitrary = fc.oneof(fc.json({ maxDepth: 5 }), fc.string(), jsonValue.map(asText));
  return [
    reader(
      'graph JSON',
      fc.oneof(mutatedJson(own).map(asText), mutatedText(texts), arbitrary),
      (text) => use(readAnyGraph(text, registry)),
    ),
    reader(
      'LiteGraph and ComfyUI workflows',
      fc.oneof(mutatedJson(foreign).map(asText), mutatedText(foreignTexts)),
      (text) => use(readAnyGraph(text, registry)),
    ),
  ];
}

/** Does with a graph what the program does first, and saves it: what was read must be readable again. */
function use(document: GraphDocument): void {
  validate(document, registry);
  flatten(document);
  parseDocument(serializeDocument(document));
}

async function pictureReaders(documents: readonly GraphDocument[]): Promise<readonly Reader[]> {
  const plain = encodePng(pixels);
  const withGraphs = documents
    .slice(0, 3)
    .map((document) => withGraph(plain, document, registry, app));
  const jpeg = await readFile('public/templates/ablation.jpg');
  const anything = fc.uint8Array({ maxLength: 200 });
  return [
    reader('PNG metadata', fc.oneof(mutatedBytes(withGraphs), anything), (bytes) => {
      const document = readGraphFrom(bytes, registry);
      if (document) use(document);
    }),
    reader('picture', fc.oneof(mutatedBytes([plain, jpeg]), anything), (bytes) =>
      decodePicture('fuzzed', bytes),
    ),
  ];
}

const header = {
  __metadata__: { format: 'pt' },
  'lora_unet_x.lora_down.weight': { dtype: 'F16', shape: [4, 8], data_offsets: [0, 64] },
  'lora_unet_x.lora_up.weight': { dtype: 'F16', shape: [8, 4], data_offsets: [64, 128] },
  'lora_unet_x.alpha': { dtype: 'F32', shape: [], data_offsets: [128, 132] },
};

async function modelReaders(): Promise<readonly Reader[]> {
  const json = async (path: string): Promise<unknown> =>
    JSON.parse(await readFile(`public/models/creatures/${path}`, 'utf8')) as unknown;
  const tokenizer = await json('tokenizer/tokenizer.json');
  const config = await json('tokenizer/tokenizer_config.json');
  const unet = await json('unet/config.json');
  const text = await json('text_encoder/config.json');
  const heads = mutatedJson([header]).map((changed) => safetensors(JSON.stringify(changed)));
  const files = fc.oneof(
    heads,
    mutatedBytes([safetensors(JSON.stringify(header))]),
    mutatedText([JSON.stringify(header)]).map(safetensors),
    fc.uint8Array({ maxLength: 120 }),
  );
  const source = (bytes: Uint8Array) => memorySource('fuzzed.safetensors', bytes);
  const mutatedHead = (head: object) =>
    mutatedJson([head]).map((changed) => safetensors(JSON.stringify(changed)));
  const entry = { dtype: 'F32', shape: [1, 4], data_offsets: [0, 16] };
  const words = fc.oneof(mutatedHead({ emb_params: entry }), mutatedHead({ '<cat>': entry }));
  const tiny = mutatedHead({ '0.weight': entry, '3.conv.0.weight': entry });
  const tokenizers = fc.record({
    tokenizer: fc.oneof(mutatedJson([tokenizer]), fc.constant(tokenizer)),
    config: fc.oneof(mutatedJson([config]), fc.constant(config)),
    prompt: fc.string({ maxLength: 40 }),
  });
  return [
    reader('safetensors header', files, async (bytes) =>
      describeFile(await readSafetensors(source(bytes))),
    ),
    reader('LoRA header', files, (bytes) => readLora(source(bytes))),
    reader('embedding', words, (bytes) => readEmbedding(source(bytes), 4)),
    reader('autoencoder header', fc.oneof(heads, tiny), (bytes) =>
      openVae(filesPack('fuzzed', [source(bytes)])),
    ),
    reader('tokenizer files', tokenizers, async ({ prompt, ...parts }) => {
      const pack = filesPack('fuzzed', [
        memorySource('tokenizer/tokenizer.json', bytesOf(parts.tokenizer)),
        memorySource('tokenizer/tokenizer_config.json', bytesOf(parts.config)),
      ]);
      const found = await openTokenizer(pack);
      return found && createPromptTokenizer(found, 77).tokenize(prompt);
    }),
    reader('model config', mutatedJson([unet, text]), (changed) => [
      attempt(() => parseUnetConfig('unet/config.json', changed)),
      parseClipTextConfig('text_encoder/config.json', changed),
    ]),
  ];
}

/** The error of the first of two readings, thrown only when it is not one that users are told. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError') return error;
    throw error;
  }
}

function bytesOf(json: unknown): Uint8Array {
  return utf8.encode(JSON.stringify(json));
}

function safetensors(head: string): Uint8Array<ArrayBuffer> {
  const json = utf8.encode(head);
  const file = new Uint8Array(8 + json.length + 132);
  new DataView(file.buffer).setUint32(0, json.length, true);
  file.set(json, 8);
  return file;
}

const lane = fc.oneof(
  mutatedText([
    'app 11..67; struct 11..36/5',
    'c 20..',
    '1.67@0 lin 1@67',
    '3.5@0 smooth 1.75@67; off 0..9',
    'on 10..30; off 31..',
    'none; struct 11..36; app+c 40..',
  ]),
  fc.string({ maxLength: 40 }),
);
const layers = fc.oneof(mutatedText(['half.0: app 1..9\nfull.2: struct 3']), fc.string());
const laneTexts = fc
  .tuple(fc.constantFrom(...laneNames, 'layers'), lane, layers)
  .map(([name, text, lines]) => ({ [name]: name === 'layers' ? lines : text }));

const addresses = fc.oneof(
  mutatedText([
    'https://huggingface.co/owner/name/resolve/main/model.safetensors?download=true',
    'owner/name',
    'http://localhost:9000/models/sd/unet/config.json',
    'https://user:secret@example.org/model.safetensors',
  ]),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string(),
);

function fragments(texts: readonly string[]): fc.Arbitrary<string> {
  const packed = (text: string): string => shareMark + deflateRawSync(text).toString('base64url');
  return fc.oneof(
    mutatedText(texts.slice(0, 4).map(packed)),
    mutatedJson(texts.map((text) => JSON.parse(text) as unknown)).map((graph) =>
      packed(JSON.stringify(graph)),
    ),
    fc.base64String({ maxLength: 200 }).map((text) => shareMark + text),
    fc.string().map((text) => shareMark + text),
  );
}
