import { AppError } from '../../core/errors.js';
import type { ModelRecord } from '../../storage/models/model-record.js';
import { findModel, listModels } from '../../storage/models/model-records.js';
import { openStoredFile } from '../../storage/models/stored-model.js';
import { blobSource } from '../../runtime/byte-source.js';
import type { ModelPlaces } from '../../runtime/model-library.js';
import type { PackReader } from '../../runtime/pack-reader.js';

/** A model of the user as a pack whose files are read from disk slice by slice. */
export function storedPack(record: ModelRecord): PackReader {
  return {
    name: record.name,
    async open(path) {
      const file = await openStoredFile(record, path);
      if (file === undefined) return undefined;
      const { blob, contentKey } = file;
      const source = blobSource(path, blob);
      return contentKey === undefined ? source : { ...source, contentKey };
    },
    size: (path) => Promise.resolve(record.files.find((file) => file.path === path)?.size),
    list: () => Promise.resolve(record.files.map(({ path }) => path)),
  };
}

/** The models of the user beside those of other places, whose names come first. Nothing unfinished is in the lists. */
export function withStoredModels(others: ModelPlaces): ModelPlaces {
  return {
    async list(kind) {
      const [given, stored] = await Promise.all([others.list(kind), listModels()]);
      const own = stored.filter((model) => model.kind === kind && model.state === 'ready');
      return [...new Set([...given, ...own.map(({ name }) => name).sort()])];
    },
    async find(name, kind, signal) {
      const given = await others.list(kind);
      const stored = given.includes(name) ? undefined : await findModel(name, kind);
      if (stored) return storedPack(stored);
      if (kind === 'checkpoint') return others.find(name, kind, signal);
      const reason =
        'there is no such file; add it in the Models tab, or choose another in the node';
      throw new AppError({ code: 'model/missing', name, reason });
    },
  };
}

/** Tells which models are other ones than at the last call, by kind and name. */
export function watchStoredModels(): () => Promise<
  readonly (readonly [ModelRecord['kind'], string])[]
> {
  let known = new Map<string, ModelRecord>();
  return async () => {
    const now = new Map((await listModels()).map((model) => [model.id, model]));
    const gone = [...known].filter(([id]) => now.get(id)?.state !== 'ready');
    known = new Map([...now].filter(([, { state }]) => state === 'ready'));
    return gone.map(([, { kind, name }]) => [kind, name] as const);
  };
}
