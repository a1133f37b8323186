import { delMany, entries, get, getMany, keys, update } from 'idb-keyval';
import { database, guarded } from './database.js';
import { isObject } from './fields-like.js';
import { isPictureBytes, isPictureRecord } from './pictures.js';
import { asideKey, unreadableSettings } from './settings.js';

/** Stored records of one kind that this version cannot read. They stay stored as they are. */
export interface UnreadableRecords {
  readonly kind: 'settings' | 'pictures';
  /** Names of the settings, none when no setting can be read, or of the pictures. */
  readonly names: readonly string[];
  /** All that is stored of them as JSON; bytes stand in base64. */
  readonly text: string;
}

/**
 * The settings and pictures that cannot be read, at most one entry of a kind. The bytes of pictures that have been `read`
 * already are not read again. @throws AppError `storage/failed`.
 */
export async function findUnreadable(
  read: ReadonlySet<string> = new Set(),
): Promise<readonly UnreadableRecords[]> {
  return guarded(async () => {
    const found = await Promise.all([findSettings(), findPictures(read)]);
    return found.filter((records) => records !== undefined);
  });
}

/** Forgets what cannot be read, and nothing else. @throws AppError `storage/*`. */
export async function deleteUnreadable({ kind, names }: UnreadableRecords): Promise<void> {
  await guarded(async () => {
    if (kind === 'pictures') await delMany([...names], database('pictures'));
    else {
      await delMany([asideKey], database('settings'));
      await update<unknown>(
        'settings',
        (stored) => {
          const kept = Object.entries(isObject(stored) ? stored : {});
          return Object.fromEntries(kept.filter(([name]) => !names.includes(name)));
        },
        database('settings'),
      );
    }
  });
}

async function findSettings(): Promise<UnreadableRecords | undefined> {
  const [stored, aside] = await getMany<unknown>(['settings', asideKey], database('settings'));
  if (aside === undefined && stored === undefined) return undefined;
  const names = unreadableSettings(stored ?? {});
  if (aside === undefined && names?.length === 0) return undefined;
  const text = await toText({ settings: stored, ...(aside !== undefined && { aside }) });
  return { kind: 'settings', names: aside === undefined ? (names ?? []) : [], text };
}

async function findPictures(read: ReadonlySet<string>): Promise<UnreadableRecords | undefined> {
  const stored = new Set(await keys<string>(database('picture-bytes')));
  const found: Record<string, unknown>[] = [];
  const names: string[] = [];
  for (const [name, record] of await entries<string, unknown>(database('pictures'))) {
    const hash = isPictureRecord(record) ? record.hash : undefined;
    // A sample may be shown under the name of a picture whose bytes are gone.
    if (hash !== undefined && stored.has(hash) && read.has(name)) continue;
    const bytes =
      hash === undefined ? undefined : await get<unknown>(hash, database('picture-bytes'));
    if (isPictureBytes(bytes)) continue;
    names.push(name);
    found.push({ name, record, ...(bytes !== undefined && { bytes }) });
  }
  return names.length === 0
    ? undefined
    : { kind: 'pictures', names, text: await toText({ pictures: found }) };
}

/** Whatever IndexedDB can hold, as JSON; an object that holds itself is named there where it comes again. */
async function toText(record: unknown): Promise<string> {
  return JSON.stringify(await plain(record, []), undefined, 2);
}

async function plain(value: unknown, within: readonly unknown[]): Promise<unknown> {
  if (typeof value === 'bigint') return String(value);
  if (!isObject(value) || value instanceof Date) return value;
  if (within.includes(value)) return '(the same again)';
  if (value instanceof Blob) return { type: value.type, base64: base64(await value.arrayBuffer()) };
  if (value instanceof ArrayBuffer) return { base64: base64(value) };
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return { base64: base64(buffer.slice(byteOffset, byteOffset + byteLength)) };
  }
  const inner = [...within, value];
  if (Array.isArray(value)) return Promise.all(value.map((item) => plain(item, inner)));
  const fields = Object.entries(value).map(
    async ([name, field]) => [name, await plain(field, inner)] as const,
  );
  return Object.fromEntries(await Promise.all(fields));
}

function base64(bytes: ArrayBufferLike): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}
