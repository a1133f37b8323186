import { contentKey } from '../../core/engine/content-key.js';
import { AppError } from '../../core/errors.js';
import type { ModelFile, ModelRecord } from '../../storage/models/model-record.js';
import { openStoredFile } from '../../storage/models/stored-model.js';
import { blobSource } from '../../runtime/byte-source.js';
import { checkWeights } from '../../runtime/checkpoint/check-weights.js';
import { lookAtPack } from './look-at-pack.js';
import { recordingPack } from './recording-pack.js';

/**
 * Reads a stored model back whole: every weight is looked at, every part has the hash that it had when it was written. Gives
 * its files with their content keys.
 * @throws AppError `model/invalid`, and what opening a model throws.
 */
export async function checkModel(
  record: ModelRecord,
  signal: AbortSignal,
  read: (bytes: number) => void,
): Promise<readonly ModelFile[]> {
  const changedAt = new Map<string, number>();
  const paths = record.files.map(({ path }) => path);
  const pack = recordingPack(
    record.name,
    async (path) => {
      const file = await openStoredFile(record, path);
      if (file === undefined) return undefined;
      if (file.blob instanceof File) changedAt.set(path, file.blob.lastModified);
      const source = blobSource(path, file.blob);
      return {
        ...source,
        read(offset, length) {
          read(Math.min(length, source.size - offset));
          return source.read(offset, length);
        },
      };
    },
    paths,
  );
  const { tables } = await lookAtPack(pack);
  const digests = await checkWeights(tables, signal);
  const keys = new Map<string, string>();
  for (const [{ name }, parts] of digests) {
    const file = record.files.find(({ path }) => path === name);
    if (file && file.parts.length > 0) compareParts(file, parts);
    keys.set(name, contentKey(parts));
  }
  return record.files.map((file) => {
    const key = keys.get(file.path);
    const modifiedAt = changedAt.get(file.path);
    return {
      ...file,
      ...(key !== undefined && { contentKey: key }),
      ...(modifiedAt !== undefined && { modifiedAt }),
    };
  });
}

function compareParts({ path, parts }: ModelFile, found: readonly string[]): void {
  const wrong = parts.findIndex((hash, part) => hash !== found[part]);
  if (wrong < 0 && parts.length === found.length) return;
  const reason = `part ${String(wrong + 1)} is not what was stored: the disk or the browser’s storage is damaged`;
  throw new AppError({ code: 'model/invalid', file: path, reason });
}
