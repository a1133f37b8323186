import { HUB } from './model-address.js';
import { ask, downloadFailed, Interruption, type ServerAccess } from './server-answers.js';

/** A file of a repository. */
export interface ListedFile {
  readonly path: string;
  readonly size: number;
}

/** Everything in a repository of the Hub. @throws AppError `model/access-denied`, `model/download-failed`. */
export async function listRepository(
  repository: string,
  revision: string,
  access: ServerAccess,
  signal: AbortSignal,
): Promise<readonly ListedFile[]> {
  const url = `${HUB}/api/models/${repository}/tree/${revision}?recursive=true`;
  try {
    const response = await ask(url, access, signal);
    if (response.status === 404) throw downloadFailed(url, `the Hub has no model ${repository}`);
    return readListing(url, await response.json());
  } catch (error) {
    if (error instanceof Interruption) throw downloadFailed(url, error.message, error);
    throw error;
  }
}

function readListing(url: string, json: unknown): readonly ListedFile[] {
  if (!Array.isArray(json)) throw downloadFailed(url, 'the answer is no list of files');
  return json.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { type, path, size } = { type: '', path: '', size: 0, ...entry } as Record<
      string,
      unknown
    >;
    const isFile = type === 'file' && typeof path === 'string' && typeof size === 'number';
    return isFile ? [{ path, size }] : [];
  });
}

/** Address of a file of a repository. */
export function repositoryUrl(repository: string, revision: string): string {
  return `${HUB}/${repository}/resolve/${revision}`;
}

/** One model of a repository. */
export interface RepositoryChoice {
  /** The path of a single file; for a folder its label. */
  readonly id: string;
  readonly label: 'folder' | 'folder-fp16' | 'file';
  /** Bytes of the file, or of all weights that a folder's networks have in that precision. */
  readonly bytes: number;
  /** The files that belong to it. */
  readonly paths: readonly string[];
}

const HALF = /\.fp16\.safetensors$|\.index\.fp16\.json$/;

/** What can be taken from a repository: the folder in the layout of diffusers, its half precision, and single files. */
export function repositoryChoices(files: readonly ListedFile[]): readonly RepositoryChoice[] {
  const isFolder = files.some(({ path }) => /^(model_index|unet\/config)\.json$/.test(path));
  const weights = files.filter(({ path }) => path.endsWith('.safetensors'));
  const inUnet = weights.filter(({ path }) => path.startsWith('unet/'));
  const folder = (label: 'folder' | 'folder-fp16', kept: (path: string) => boolean) => {
    const chosen = files.filter(({ path }) => kept(path));
    const bytes = chosen
      .filter(({ path }) => /^(unet|vae|text_encoder)\/.*\.safetensors$/.test(path))
      .reduce((sum, { size }) => sum + size, 0);
    return { id: label, label, bytes, paths: chosen.map(({ path }) => path) };
  };
  const choices: RepositoryChoice[] = [];
  if (isFolder && inUnet.some(({ path }) => !HALF.test(path))) {
    choices.push(folder('folder', (path) => !HALF.test(path)));
  }
  if (isFolder && inUnet.some(({ path }) => HALF.test(path))) {
    const isPlain = (path: string): boolean =>
      files.some((other) => other.path === path.replace(/\.safetensors$/, '.fp16.safetensors'));
    choices.push(folder('folder-fp16', (path) => HALF.test(path) || !isPlain(path)));
  }
  for (const { path, size } of weights) {
    if (!path.includes('/')) choices.push({ id: path, label: 'file', bytes: size, paths: [path] });
  }
  return choices;
}
