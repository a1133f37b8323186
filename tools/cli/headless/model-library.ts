import { readdir, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../src/core/errors.js';
import type { ModelFileKind } from '../../../src/diffusion/ports.js';
import { createModelLibrary, type CountingLibrary } from '../../../src/runtime/model-library.js';
import { packAt } from '../../../src/runtime/node/directory-pack.js';
import { diskVocabulary } from '../../../src/runtime/node/disk-vocabulary.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { createOrtWasmRunner } from '../../../src/runtime/node/ort-wasm-runner.js';
import { httpPack, type PackReader } from '../../../src/runtime/pack-reader.js';

/** Where the networks run. */
export type Provider = 'cpu' | 'wasm';

/** A model library on disk that also tells what its networks did. */
export type DiskModels = CountingLibrary;

/**
 * Models for runs without a browser. A name is a folder of `models`, or the path (from `cwd`) of a folder in the layout of diffusers
 * or of one `.safetensors` file, or the http address of such a folder.
 */
export function createDiskModels(places: {
  readonly cwd: string;
  readonly models: string;
  readonly provider: Provider;
}): DiskModels {
  return createModelLibrary(
    {
      async list(kind) {
        if (kind !== 'checkpoint') return [];
        const entries = await readdir(places.models, { withFileTypes: true }).catch(() => []);
        return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      },
      find: (name, kind, signal) => findPack(name, kind, places, signal),
    },
    places.provider === 'cpu' ? createOrtNodeRunner() : createOrtWasmRunner(),
    diskVocabulary,
  );
}

async function findPack(
  name: string,
  kind: ModelFileKind,
  { cwd, models }: { readonly cwd: string; readonly models: string },
  signal?: AbortSignal,
): Promise<PackReader> {
  if (/^https?:\/\//.test(name)) return httpPack(name, name, signal);
  const isPlainName = !/[/\\]/.test(name) && name !== '' && !name.startsWith('.');
  const inLibrary = join(models, name);
  const path = isPlainName && existsSync(inLibrary) ? inLibrary : resolve(cwd, name);
  if (await stat(path).catch(() => undefined)) return packAt(path);
  const what = kind === 'checkpoint' ? 'folder or file' : 'file';
  throw new AppError({ code: 'model/missing', name, reason: `there is no such ${what}` });
}
