import { AppError } from '../../core/errors.js';
import type { Checkpoint, ModelLibrary, UnetWork } from '../../diffusion/ports.js';
import type { ByteSource } from '../byte-source.js';
import type { InferenceRunner } from '../inference.js';
import { fingerprintPack, loadPack } from '../model-pack.js';
import { httpPack, type PackReader } from '../pack-reader.js';

/** U-Net work with the share of a forward that each pair did twice. */
export interface CountedWork extends UnetWork {
  readonly forkShare: number;
}

/** Checkpoints behind a server's manifest, with a count of what their networks did. */
export interface HttpLibrary extends ModelLibrary {
  /** U-Net work of every checkpoint loaded so far; the share is that of the one loaded last, at its native size. */
  work(): CountedWork;
}

/**
 * Opens a library: `manifestUrl` leads to JSON of the form `{"models": [{"name", "path"}]}`, each path the folder of a model
 * pack, relative to the manifest.
 */
export function openHttpLibrary(manifestUrl: string, runner: InferenceRunner): HttpLibrary {
  const loaded: Checkpoint['denoiser'][] = [];
  const keys = new Map<string, Promise<string>>();
  const packs = new Map<string, PackReader>();
  const packOf = async (name: string): Promise<PackReader> => {
    const known = packs.get(name);
    if (known !== undefined) return known;
    const entry = (await readManifest(manifestUrl)).find((model) => model.name === name);
    if (entry === undefined) {
      const reason = 'the list of models does not have it; choose another in the node';
      throw new AppError({ code: 'model/missing', name, reason });
    }
    const pack = rememberFiles(httpPack(name, new URL(entry.path, manifestUrl).href));
    packs.set(name, pack);
    return pack;
  };
  return {
    list: async () => (await readManifest(manifestUrl)).map(({ name }) => name),
    fingerprint(name) {
      const key = keys.get(name) ?? packOf(name).then(fingerprintPack);
      keys.set(name, key);
      key.catch(() => keys.delete(name));
      return key;
    },
    async load(name, signal, progress) {
      const checkpoint = await loadPack(await packOf(name), runner, { signal, progress });
      loaded.push(checkpoint.denoiser);
      return checkpoint;
    },
    work() {
      const all = loaded.map((denoiser) => denoiser.work());
      const last = loaded.at(-1);
      return {
        sampleForwards: all.reduce((sum, { sampleForwards }) => sum + sampleForwards, 0),
        pairs: all.reduce((sum, { pairs }) => sum + pairs, 0),
        forkShare: last?.forkShare(last.sampleSize, last.sampleSize) ?? 0,
      };
    },
  };
}

/** The same pack, each file fetched once: blobs, which the browser may keep on disk. */
function rememberFiles(pack: PackReader): PackReader {
  const files = new Map<string, Promise<ByteSource | undefined>>();
  return {
    name: pack.name,
    open(path) {
      const file = files.get(path) ?? pack.open(path);
      files.set(path, file);
      file.catch(() => files.delete(path));
      return file;
    },
  };
}

interface ManifestEntry {
  readonly name: string;
  readonly path: string;
}

async function readManifest(url: string): Promise<readonly ManifestEntry[]> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${String(response.status)}`);
    const manifest: unknown = await response.json();
    if (!isManifest(manifest)) throw new Error('it is no list of models');
    return manifest.models;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError({ code: 'model/download-failed', url, reason }, { cause });
  }
}

function isManifest(value: unknown): value is { readonly models: readonly ManifestEntry[] } {
  if (typeof value !== 'object' || value === null || !('models' in value)) return false;
  return Array.isArray(value.models) && value.models.every(isEntry);
}

function isEntry(value: unknown): value is ManifestEntry {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'name' in value &&
    typeof value.name === 'string' &&
    'path' in value &&
    typeof value.path === 'string'
  );
}
