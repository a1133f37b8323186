import { readdir, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../src/core/errors.js';
import type { Checkpoint, ModelLibrary, UnetWork } from '../../../src/diffusion/ports.js';
import { fingerprintPack, loadPack } from '../../../src/runtime/model-pack.js';
import { directoryPack } from '../../../src/runtime/node/directory-pack.js';
import { createOrtNodeRunner } from '../../../src/runtime/node/ort-node-runner.js';
import { createOrtWasmRunner } from '../../../src/runtime/node/ort-wasm-runner.js';
import { httpPack, type PackReader } from '../../../src/runtime/pack-reader.js';

/** Where the networks run. */
export type Provider = 'cpu' | 'wasm';

/** A model library on disk that also tells what its networks did. */
export interface DiskModels extends ModelLibrary {
  /** U-Net work of every checkpoint loaded so far. */
  work(): UnetWork;
  /** Share of a forward after the fork, of the checkpoint loaded last; 0 when none was. */
  forkShare(height: number, width: number): number;
}

/**
 * Checkpoints for runs without a browser. A name is a folder of `models`, or the path of a folder (from `cwd`), or
 * the http address of one, each in the layout of diffusers.
 */
export function createDiskModels(places: {
  readonly cwd: string;
  readonly models: string;
  readonly provider: Provider;
}): DiskModels {
  const loaded: Checkpoint['denoiser'][] = [];
  const keys = new Map<string, Promise<string>>();
  return {
    async list() {
      const entries = await readdir(places.models, { withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    async fingerprint(name) {
      const key = keys.get(name) ?? findPack(name, places).then(fingerprintPack);
      keys.set(name, key);
      return key;
    },
    async load(name, signal, progress) {
      const pack = await findPack(name, places, signal);
      const runner = places.provider === 'cpu' ? createOrtNodeRunner() : createOrtWasmRunner();
      const checkpoint = await loadPack(pack, runner, { signal, progress });
      loaded.push(checkpoint.denoiser);
      return checkpoint;
    },
    work: () => ({
      sampleForwards: loaded.reduce((sum, one) => sum + one.work().sampleForwards, 0),
      pairs: loaded.reduce((sum, one) => sum + one.work().pairs, 0),
    }),
    forkShare: (height, width) => loaded.at(-1)?.forkShare(height, width) ?? 0,
  };
}

async function findPack(
  name: string,
  { cwd, models }: { readonly cwd: string; readonly models: string },
  signal?: AbortSignal,
): Promise<PackReader> {
  if (/^https?:\/\//.test(name)) return httpPack(name, name, signal);
  const isPlainName = !/[/\\]/.test(name) && name !== '' && !name.startsWith('.');
  const inLibrary = join(models, name);
  const path = isPlainName && existsSync(inLibrary) ? inLibrary : resolve(cwd, name);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw missing(name, 'there is no such folder');
  if (found.isFile()) {
    throw missing(
      name,
      'it is a single file, which cannot be loaded yet; give a folder in the layout of diffusers',
    );
  }
  return directoryPack(path);
}

function missing(name: string, reason: string): AppError {
  return new AppError({ code: 'model/missing', name, reason });
}
