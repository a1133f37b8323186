import { del, entries, get, set } from 'idb-keyval';
import { AppError } from '../core/errors.js';
import { database, guarded } from './database.js';
import { isObject } from './fields-like.js';

/** A stored picture file: its bytes as they came, its media type, and the SHA-256 of the bytes in hex. */
export interface StoredPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly hash: string;
}

/** A stored picture without its bytes. */
export interface PictureEntry {
  readonly name: string;
  readonly type: string;
  readonly hash: string;
  readonly byteLength: number;
  /** Milliseconds since 1970 when the name was first stored. */
  readonly addedAt: number;
}

type PictureRecord = Omit<PictureEntry, 'name'>;

/** The picture of that name, or undefined. @throws AppError `storage/failed`, `picture/unreadable`. */
export async function getPicture(name: string): Promise<StoredPicture | undefined> {
  const record = await guarded(() => get<unknown>(name, database('pictures')));
  if (record === undefined) return undefined;
  if (!isPictureRecord(record)) throw unreadable(name);
  const { hash, type } = record;
  const bytes = await guarded(() => get<unknown>(hash, database('picture-bytes')));
  if (bytes === undefined) return undefined;
  if (!isPictureBytes(bytes)) throw unreadable(name);
  return { bytes, type, hash };
}

/** All stored pictures, the newest first. @throws AppError `storage/failed`. */
export async function listPictures(): Promise<readonly PictureEntry[]> {
  return guarded(async () => {
    const all = await entries<string, unknown>(database('pictures'));
    return all
      .flatMap(([name, record]) => (isPictureRecord(record) ? [{ ...record, name }] : []))
      .sort((a, b) => b.addedAt - a.addedAt || (a.name < b.name ? -1 : 1));
  });
}

/**
 * Keeps a picture under its name and resolves to the name it got: the same one, or one with a number when
 * another picture already has it. Equal bytes are stored once.
 * @throws AppError `storage/quota`, `storage/failed`.
 */
export async function putPicture(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
): Promise<string> {
  const hash = await hashBytes(bytes);
  return guarded(async () => {
    for (let attempt = 1; ; attempt++) {
      const candidate = attempt === 1 ? name : numbered(name, attempt);
      const present = await get<unknown>(candidate, database('pictures'));
      if (present !== undefined && (!isPictureRecord(present) || present.hash !== hash)) continue;
      if (present === undefined) {
        await set(hash, bytes, database('picture-bytes'));
        const record: PictureRecord = {
          type,
          hash,
          byteLength: bytes.byteLength,
          addedAt: Date.now(),
        };
        await set(candidate, record, database('pictures'));
      }
      return candidate;
    }
  });
}

/** Forgets a name, and its bytes when no other name has them. @throws AppError `storage/failed`. */
export async function deletePicture(name: string): Promise<void> {
  await guarded(async () => {
    const record = await get<PictureRecord>(name, database('pictures'));
    if (!record) return;
    await del(name, database('pictures'));
    const rest = await entries<string, PictureRecord>(database('pictures'));
    if (!rest.some(([, other]) => isPictureRecord(other) && other.hash === record.hash)) {
      await del(record.hash, database('picture-bytes'));
    }
  });
}

/** Whether a stored record tells where the bytes of a picture are. */
export function isPictureRecord(record: unknown): record is PictureRecord {
  return isObject(record) && typeof record['hash'] === 'string';
}

/** Whether what is stored under a hash are bytes. */
export function isPictureBytes(bytes: unknown): bytes is Uint8Array<ArrayBuffer> {
  return bytes instanceof Uint8Array;
}

function unreadable(name: string): AppError {
  const reason = 'its stored record is damaged';
  return new AppError({ code: 'picture/unreadable', name, reason });
}

function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return `${stem}-${String(count)}${dot > 0 ? name.slice(dot) : ''}`;
}

/** SHA-256 of bytes, in hex. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
