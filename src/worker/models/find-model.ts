import { AppError } from '../../core/errors.js';
import {
  listRepository,
  repositoryChoices,
  repositoryUrl,
} from '../../storage/models/hub-listing.js';
import { parseModelAddress } from '../../storage/models/model-address.js';
import { openRemoteFile, type RemoteFile } from '../../storage/models/remote-file.js';
import { type ServerAccess, shownAddress } from '../../storage/models/server-answers.js';
import { openOnDisk } from '../../storage/models/stored-model.js';
import { blobSource, type ByteSource } from '../../runtime/byte-source.js';
import type { ModelPlace, ProspectChoice } from './model-messages.js';
import { recordingPack, type RecordingPack } from './recording-pack.js';

/** Files at a place that may be a model, or several models of which one must be chosen. */
export type FoundFiles =
  | {
      readonly type: 'pack';
      readonly origin: string;
      readonly pack: RecordingPack;
      readonly handle?: FileSystemFileHandle | FileSystemDirectoryHandle;
    }
  | {
      readonly type: 'choices';
      readonly origin: string;
      readonly choices: readonly ProspectChoice[];
    };

/** Whether a file of a pack is one on a server. */
export function isRemote(source: ByteSource): source is ByteSource & RemoteFile {
  return 'url' in source;
}

/**
 * Goes to a place, without reading more than a list of what is there.
 * @throws AppError `input/invalid`, `model/access-denied`, `model/download-failed`, `model/missing`.
 */
export async function findFiles(
  place: ModelPlace,
  access: ServerAccess,
  pageOrigin: string,
  signal: AbortSignal,
): Promise<FoundFiles> {
  if (place.type === 'address') return atAddress(place, access, pageOrigin, signal);
  if (place.type === 'handle') return onDisk(place.handle);
  const { name, files } = place;
  const open = (path: string): Promise<ByteSource | undefined> => {
    const found = files.find((each) => each.path === path);
    return Promise.resolve(found && blobSource(path, found.file));
  };
  const paths = files.map(({ path }) => path);
  return { type: 'pack', origin: name, pack: recordingPack(stem(name), open, paths) };
}

async function atAddress(
  { text, choice }: Extract<ModelPlace, { readonly type: 'address' }>,
  access: ServerAccess,
  pageOrigin: string,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const address = parseModelAddress(text, pageOrigin);
  if (address.type === 'hub') return onHub(address, choice, access, signal);
  const open = (url: string) => (path: string) => openRemoteFile(path, url, access, signal);
  const { url } = address;
  const origin = shownAddress(url);
  if (address.type === 'folder-or-file') {
    const base = new URL(url);
    base.pathname = base.pathname.replace(/\/$/, '');
    const under = (path: string): string => {
      const file = new URL(base);
      file.pathname += `/${path}`;
      return file.href;
    };
    const pack = recordingPack(lastName(origin), (path) => open(under(path))(path));
    const isFolder = (await pack.open('model_index.json')) ?? (await pack.open('unet/config.json'));
    if (isFolder) return { type: 'pack', origin, pack };
  }
  const name = fileName(origin);
  const pack = recordingPack(stem(name), open(url), [name]);
  if ((await pack.open(name)) === undefined) {
    const reason =
      'the server has no such file: look for a slip in the address, or for a private place';
    throw new AppError({ code: 'model/download-failed', url: origin, reason });
  }
  return { type: 'pack', origin, pack };
}

async function onHub(
  { repository, revision }: { readonly repository: string; readonly revision: string },
  choice: string | undefined,
  access: ServerAccess,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const listed = await listRepository(repository, revision, access, signal);
  const choices = repositoryChoices(listed);
  const [first, ...others] = choices;
  if (first === undefined) {
    const isPickled = listed.some(({ path }) => /\.(ckpt|bin|pt)$/.test(path));
    const reason = isPickled
      ? 'the repository holds pickled weights only (.ckpt, .bin), which can run code when opened and are refused; look for one with .safetensors files'
      : 'the repository has no .safetensors file; choose another';
    throw new AppError({ code: 'model/missing', name: repository, reason });
  }
  if (choice === undefined && others.length > 0) {
    return { type: 'choices', origin: repository, choices };
  }
  const wanted = choices.find(({ id }) => id === choice) ?? first;
  const base = repositoryUrl(repository, revision);
  const open = (path: string) => openRemoteFile(path, `${base}/${encodeURI(path)}`, access, signal);
  const isFile = wanted.label === 'file';
  const name = isFile ? stem(wanted.id) : lastName(repository);
  const pack = recordingPack(name, open, isFile ? [wanted.id] : wanted.paths);
  return { type: 'pack', origin: isFile ? `${repository}/${wanted.id}` : repository, pack };
}

async function onDisk(
  handle: FileSystemFileHandle | FileSystemDirectoryHandle,
): Promise<FoundFiles> {
  const paths =
    handle instanceof FileSystemFileHandle ? [handle.name] : await pathsBelow(handle, '', 3);
  const open = async (path: string): Promise<ByteSource> =>
    blobSource(path, await openOnDisk(handle, path));
  const pack = recordingPack(stem(handle.name), open, paths);
  return { type: 'pack', origin: handle.name, pack, handle };
}

async function pathsBelow(
  folder: FileSystemDirectoryHandle,
  prefix: string,
  depth: number,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const [name, entry] of folder.entries()) {
    if (entry.kind === 'file') paths.push(prefix + name);
    else if (depth > 1) {
      paths.push(...(await pathsBelow(entry, `${prefix}${name}/`, depth - 1)));
    }
  }
  return paths;
}

function lastName(address: string): string {
  return address.split('/').findLast((part) => part !== '') ?? address;
}

/** A name for what an address leads to; what is no safetensors file says so itself when it is read. */
function fileName(address: string): string {
  const name = lastName(address);
  return name.endsWith('.safetensors') ? name : `${name}.safetensors`;
}

function stem(name: string): string {
  return name.replace(/\.safetensors$/i, '');
}
