import { AppError } from '../../core/errors.js';
import type { ModelFile, ModelRecord } from '../../storage/models/model-record.js';
import type { ServerAccess } from '../../storage/models/server-answers.js';
import type { ByteSource } from '../../runtime/byte-source.js';
import { detailsOf } from './desk-failures.js';
import { findFiles, isRemote } from './find-model.js';
import { lookAtPack } from './look-at-pack.js';
import type { FoundModel, ModelPlace, Prospect } from './model-messages.js';

/** A model that was looked at and may be added; `blobs` are the bytes at hand of its files, by their number. */
export interface NewModel extends Omit<ModelRecord, 'id' | 'state' | 'addedAt' | 'failure'> {
  readonly blobs: readonly (Blob | undefined)[];
}

/** No model that runs here is near it; beyond it an address is a mistake, or a trap. */
const MAX_BYTES = 32 * 2 ** 30;

/**
 * Looks at a place without storing anything: configs and headers are read, of weights no more. Whatever the world refuses is
 * the answer.
 */
export async function lookAtPlace(
  place: ModelPlace,
  access: ServerAccess,
  pageOrigin: string,
  id: number,
  signal: AbortSignal,
): Promise<{ readonly prospect: Prospect; readonly model?: NewModel }> {
  const origin = place.type === 'address' ? place.text.trim() : originOf(place);
  try {
    const found = await findFiles(place, access, pageOrigin, signal);
    if (found.type === 'choices') return { prospect: found };
    const { pack, handle } = found;
    const { kind, words } = await lookAtPack(pack);
    const sources = pack.opened();
    const bytes = sources.reduce((sum, { size }) => sum + size, 0);
    if (bytes > MAX_BYTES) throw tooLarge(pack.name, bytes);
    const isFromDisk = place.type !== 'address';
    const model: NewModel = {
      name: pack.name,
      kind,
      origin: found.origin,
      isFromDisk,
      words,
      files: sources.map(fileOf),
      blobs: sources.map(bytesOf),
      ...(handle && { handle }),
    };
    const arrival: FoundModel['arrival'] = handle ? 'in-place' : isFromDisk ? 'copy' : 'download';
    const freeBytes = await free();
    const prospect: Prospect = {
      type: 'model',
      id,
      name: pack.name,
      kind,
      origin: found.origin,
      bytes,
      words,
      arrival,
      ...(freeBytes !== undefined && { freeBytes }),
      ...(model.files.some(({ comesWhole }) => comesWhole) && { comesWhole: true }),
    };
    return { prospect, model };
  } catch (error) {
    signal.throwIfAborted();
    return { prospect: { type: 'refused', origin, details: detailsOf(error) } };
  }
}

function originOf(place: Exclude<ModelPlace, { readonly type: 'address' }>): string {
  return place.type === 'files' ? place.name : place.handle.name;
}

function fileOf(source: ByteSource): ModelFile {
  const file = { path: source.name, size: source.size, parts: [], tailBytes: 0 };
  if (!isRemote(source)) return file;
  const { url, version, comesWhole } = source;
  return { ...file, url, version, ...(comesWhole && { comesWhole }) };
}

function bytesOf(source: ByteSource): Blob | undefined {
  if (!isRemote(source)) return source.blob;
  return source.bytes && new Blob([source.bytes as Uint8Array<ArrayBuffer>]);
}

/** Bytes that may still be stored, where the browser tells. */
async function free(): Promise<number | undefined> {
  if (!('storage' in navigator) || !('estimate' in navigator.storage)) return undefined;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0));
}

function tooLarge(file: string, bytes: number): AppError {
  const reason = `it has ${(bytes / 2 ** 30).toFixed(0)} GB; no model that runs here has more than ${String(MAX_BYTES / 2 ** 30)}`;
  return new AppError({ code: 'model/unsupported', file, reason });
}
