import type { InferenceRunner } from '../../../src/runtime/inference.js';
import { blobSource, type ByteSource } from '../../../src/runtime/byte-source.js';
import { loadPack } from '../../../src/runtime/model-pack.js';
import { filesPack } from '../../../src/runtime/pack-reader.js';
import { loadOrt } from '../../../src/runtime/web/ort-bundle.js';
import { openWebRuntime } from '../../../src/runtime/web/web-runtime.js';
import { opfsParts } from '../../../src/storage/models/part-store.js';
import { PART_BYTES } from '../../../src/storage/models/model-record.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';

/** What the thread is told: which files to store, then to load what it stored. */
export type Command =
  | { readonly do: 'store'; readonly files: readonly string[] }
  | { readonly do: 'load'; readonly provider: 'webgpu' | 'wasm'; readonly computes: boolean };

/** What it says: that it is done, or why not. */
export type Answer = { readonly done: string } | { readonly failed: string };

const MODEL = 'full-shape';
const told: Answer[] = [];
const stored: { readonly path: string; readonly index: number; readonly parts: number }[] = [];

/** Stores a served file in parts, as a download does. */
async function store(path: string, index: number): Promise<void> {
  const response = await fetch(`weights/${path}`);
  const reader = response.body?.getReader();
  if (!response.ok || !reader) throw new Error(`${path} is not served.`);
  const parts = opfsParts(MODEL, index);
  let part = 0;
  let length = 0;
  let writer = await parts.open(0, 0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    for (let at = 0; at < value.byteLength;) {
      if (length === PART_BYTES) {
        writer.close();
        writer = await parts.open(++part, 0);
        length = 0;
      }
      const piece = value.subarray(at, at + PART_BYTES - length);
      writer.write(piece, length);
      length += piece.byteLength;
      at += piece.byteLength;
    }
  }
  writer.close();
  stored.push({ path, index, parts: part + 1 });
}

async function storedSources(): Promise<readonly ByteSource[]> {
  return Promise.all(
    stored.map(async ({ path, index, parts }) => {
      const files = Array.from({ length: parts }, (_unused, part) =>
        opfsParts(MODEL, index).read(part),
      );
      return blobSource(path, new Blob(await Promise.all(files)));
    }),
  );
}

/** Thrown in place of a run that would take a software adapter long. */
class LoadedEnough extends Error {
  override readonly name = 'LoadedEnough';
}

/** Bytes of files from which a session is only made, unless all is to be computed. */
const LARGE_BYTES = 2 ** 30;

/** The runner, telling of every session that it made. */
function tellingRunner(
  runner: InferenceRunner,
  computes: boolean,
  made: () => void,
): InferenceRunner {
  return {
    ...runner,
    async create(model, files) {
      const session = await runner.create(model, files);
      made();
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      if (computes || bytes < LARGE_BYTES) return session;
      return { ...session, run: () => Promise.reject(new LoadedEnough()) };
    },
  };
}

/** Opens the stored model, and puts every network in memory. */
async function load(provider: 'webgpu' | 'wasm', computes: boolean): Promise<string> {
  const { href } = globalThis.location;
  const ort = await loadOrt({ base: new URL('ort/', href).href, threads: 2 });
  const runtime = await openWebRuntime(ort, provider, 2);
  told.push({ done: `runtime ${runtime.provider}` });
  let sessions = 0;
  const runner = tellingRunner(runtime.runner, computes, () => {
    sessions++;
    told.push({ done: `session ${String(sessions)}` });
  });
  const checkpoint = await loadPack(filesPack(MODEL, await storedSources()), runner);
  told.push({ done: 'opened' });
  const { signal } = new AbortController();
  const ids = [49_406, ...Array.from({ length: 76 }, () => 49_407)];
  const promptEmbeds = await checkpoint.textEncoder.encodeTokens(ids, signal);
  told.push({ done: 'text' });
  // A latent of 8 x 8 cells: every weight is read, and little is computed.
  const samples = cpuTensor(new Float32Array(4 * 8 * 8), [1, 4, 8, 8]);
  const request = { samples, timesteps: [471], promptEmbeds, freeU: undefined, signal };
  try {
    const { noisePred } = await checkpoint.denoiser.predict(request);
    const [first = NaN] = await noisePred.read();
    if (!Number.isFinite(first)) throw new Error('The noise is no number.');
  } catch (cause) {
    if (!(cause instanceof LoadedEnough)) throw cause;
  }
  return `${String(sessions)} sessions`;
}

async function obey(command: Command): Promise<string> {
  if (command.do === 'load') return load(command.provider, command.computes);
  for (const [index, path] of command.files.entries()) await store(path, index);
  return 'stored';
}

/** For whoever watches the thread from outside. */
Object.assign(globalThis, {
  told,
  order(command: Command) {
    obey(command).then(
      (done) => told.push({ done: `end ${done}` }),
      (cause: unknown) => {
        told.push({ failed: cause instanceof Error ? cause.message : String(cause) });
      },
    );
  },
});
