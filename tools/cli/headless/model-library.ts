import { readdir, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../src/core/errors.js';
import type { LatentOps, ModelFileKind } from '../../../src/diffusion/ports.js';
import { cpuOpsWith } from '../../../src/runtime/cpu-ops-with.js';
import { createModelLibrary, type CountingLibrary } from '../../../src/runtime/model-library.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { diskVocabulary } from '../../../src/runtime/node/disk-vocabulary.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { createOrtWasmRunner } from '../../../src/runtime/node/ort-wasm-runner.js';
import { httpPack, type PackReader } from '../../../src/runtime/pack-reader.js';

/** Where the networks run. */
export type Provider = 'cpu' | 'wasm';

/** A model library on disk that also tells what its networks did. */
export interface DiskModels extends CountingLibrary {
  /** The operations to run beside its networks. */
  readonly ops: LatentOps;
}

/**
 * Models for runs without a browser. A name is a folder of `models`, or the path (from `cwd`) of a folder in the layout of diffusers
 * or of one `.safetensors` file, or the http address of such a folder.
 */
export function createDiskModels(places: {
  readonly cwd: string;
  readonly models: string;
  readonly provider: Provider;
  /** Threads of one forward; as many as onnxruntime chooses when absent. */
  readonly threads?: number;
  /** Addresses that the user typed: what a document alone names is not asked for. */
  readonly addresses?: readonly string[];
}): DiskModels {
  const threading = places.threads === undefined ? {} : { threads: places.threads };
  const runner =
    places.provider === 'cpu' ? createOrtNodeRunner(threading) : createOrtWasmRunner(threading);
  const library = createModelLibrary(
    {
      async list(kind) {
        if (kind !== 'checkpoint') return [];
        const entries = await readdir(places.models, { withFileTypes: true }).catch(() => []);
        return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      },
      find: (name, kind, signal) => findPack(name, kind, places, signal),
    },
    runner,
    diskVocabulary,
  );
  return Object.assign(library, { ops: cpuOpsWith(runner) });
}

async function findPack(
  name: string,
  kind: ModelFileKind,
  {
    cwd,
    models,
    addresses = [],
  }: {
    readonly cwd: string;
    readonly models: string;
    readonly addresses?: readonly string[];
  },
  signal?: AbortSignal,
): Promise<PackReader> {
  if (/^[a-z][\w+.-]*:\/\//i.test(name)) {
    return httpPack(name, addressOf(name, addresses), signal);
  }
  // Asking for a path on another machine would tell that machine who asks.
  if (/^[/\\]{2}/.test(name)) throw missing(name, 'paths on other machines are not opened');
  const path = modelPath(name, { cwd, models });
  if (await stat(path).catch(() => undefined)) return packAt(path);
  const what = kind === 'checkpoint' ? 'folder or file' : 'file';
  throw missing(name, `there is no such ${what}`);
}

/** Where a model that is no address lies, or would: a folder of `models`, or a path from `cwd`. */
export function modelPath(
  name: string,
  { cwd, models }: { readonly cwd: string; readonly models: string },
): string {
  const isPlainName = !/[/\\]/.test(name) && name !== '' && !name.startsWith('.');
  const inLibrary = join(models, name);
  return isPlainName && existsSync(inLibrary) ? inLibrary : resolve(cwd, name);
}

/** An address that may be asked. @throws AppError `model/missing` with the reason. */
function addressOf(name: string, typed: readonly string[]): string {
  const url = URL.canParse(name) ? new URL(name) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw missing(name, 'models are downloaded from http and https addresses only');
  }
  if (url.username !== '' || url.password !== '') {
    throw missing(url.host, 'an address with a name or a password would be kept with the results');
  }
  if (!typed.includes(name)) {
    const reason = 'the graph names an address; download the model, or name it yourself with --set';
    throw missing(name, reason);
  }
  return url.href;
}

function missing(name: string, reason: string): AppError {
  return new AppError({ code: 'model/missing', name, reason });
}
