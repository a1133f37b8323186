import { AppError } from '../../core/errors.js';
import type { InferenceRunner } from '../inference.js';
import { createModelLibrary, type CountingLibrary, type ModelPlaces } from '../model-library.js';
import { httpPack } from '../pack-reader.js';

/** Where CLIP's published vocabulary lies beside the manifest. */
const VOCABULARY = 'tokenizers/clip/merges.txt.gz';

/**
 * Opens a library: `manifestUrl` leads to JSON of the form `{"models": [{"name", "path"}]}`, each path the folder of a model
 * pack, relative to the manifest. `widen` adds other places to that one.
 */
export function openHttpLibrary(
  manifestUrl: string,
  runner: InferenceRunner,
  widen: (served: ModelPlaces) => ModelPlaces = (served) => served,
): CountingLibrary {
  return createModelLibrary(
    widen({
      list: async (kind) =>
        kind === 'checkpoint' ? (await readManifest(manifestUrl)).map(({ name }) => name) : [],
      async find(name) {
        const entry = (await readManifest(manifestUrl)).find((model) => model.name === name);
        if (entry === undefined) {
          const reason = 'the list of models does not have it; choose another in the node';
          throw new AppError({ code: 'model/missing', name, reason });
        }
        return httpPack(name, new URL(entry.path, manifestUrl).href);
      },
    }),
    runner,
    () => readVocabulary(new URL(VOCABULARY, manifestUrl).href),
  );
}

async function readVocabulary(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${String(response.status)}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw downloadFailed(url, cause);
  }
}

function downloadFailed(url: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError({ code: 'model/download-failed', url, reason }, { cause });
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
    throw downloadFailed(url, cause);
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
