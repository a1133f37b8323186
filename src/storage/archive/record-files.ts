import { isObject } from '../fields-like.js';
import type { ArchivedDatabase, RecordKey } from './archived-records.js';

/** Stands in a record's JSON for a part that is a file of its own in the archive. */
interface FileMark {
  readonly $file: string;
  readonly as: 'text' | 'bytes' | 'blob';
  /** Media type of a blob. */
  readonly type?: string;
}

/** Gives a file's place in the archive, and keeps its content for it. */
export type KeepFile = (name: string, content: Blob) => string;

/** The content of a file of the archive. @throws when there is none, or it is not as it was written. */
export type ReadFile = (path: string) => Promise<Blob>;

/** Text above this many characters is a file of its own, so that a person finds it. */
const longText = 400;

/**
 * A record as JSON, its texts, bytes and blobs put into files of names that tell what they are: `{"$file", "as"}`
 * stands for each. What JSON cannot hold besides these is undefined.
 */
export function outlineOf(
  where: { readonly name: ArchivedDatabase; readonly key: RecordKey; readonly alias?: string },
  value: unknown,
  keep: KeepFile,
): unknown {
  const stem = where.alias ?? String(where.key);
  const outline = (part: unknown, trail: string): unknown => {
    if (typeof part === 'string' && part.length > longText) {
      const path = keep(`${where.name}/${trail}.json`, new Blob([part]));
      return { $file: path, as: 'text' } satisfies FileMark;
    }
    if (part instanceof Blob) {
      const path = keep(`${where.name}/${trail}${endingOf(part.type)}`, part);
      return { $file: path, as: 'blob', type: part.type } satisfies FileMark;
    }
    if (part instanceof Uint8Array) {
      const path = keep(`${where.name}/${trail}`, new Blob([Uint8Array.from(part)]));
      return { $file: path, as: 'bytes' } satisfies FileMark;
    }
    if (Array.isArray(part)) return part.map((one, i) => outline(one, `${trail}-${String(i + 1)}`));
    if (!isObject(part)) return typeof part === 'bigint' ? undefined : part;
    const fields = Object.entries(part).map(([field, inner]) => [
      field,
      outline(inner, `${trail}-${field}`),
    ]);
    return Object.fromEntries(fields);
  };
  return outline(value, stem);
}

/** The record that {@link outlineOf} outlined. @throws what `read` throws. */
export async function recordOf(outline: unknown, read: ReadFile): Promise<unknown> {
  if (Array.isArray(outline)) return Promise.all(outline.map((part) => recordOf(part, read)));
  if (!isObject(outline)) return outline;
  if (isMark(outline)) {
    const blob = await read(outline.$file);
    if (outline.as === 'text') return blob.text();
    if (outline.as === 'bytes') return new Uint8Array(await blob.arrayBuffer());
    return blob.slice(0, blob.size, outline.type ?? '');
  }
  const fields = await Promise.all(
    Object.entries(outline).map(
      async ([field, part]) => [field, await recordOf(part, read)] as const,
    ),
  );
  return Object.fromEntries(fields);
}

function isMark(outline: object): outline is FileMark {
  return '$file' in outline && typeof outline.$file === 'string' && 'as' in outline;
}

function endingOf(type: string): string {
  const ending = /^image\/(?<kind>png|jpeg|webp)$/.exec(type)?.groups?.['kind'];
  return ending === undefined ? '' : `.${ending}`;
}
