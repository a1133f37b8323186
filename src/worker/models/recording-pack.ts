import type { ByteSource } from '../../runtime/byte-source.js';
import type { PackReader } from '../../runtime/pack-reader.js';

/** A pack that remembers which files were opened: those that a model is made of, and no others. */
export interface RecordingPack extends PackReader {
  opened(): readonly ByteSource[];
}

/**
 * A pack over files opened by `open`, each once. `listed` are all paths where the place can tell them; what is not among
 * them is not asked for.
 */
export function recordingPack(
  name: string,
  open: (path: string) => Promise<ByteSource | undefined>,
  listed?: readonly string[],
): RecordingPack {
  const files = new Map<string, Promise<ByteSource | undefined>>();
  const found: ByteSource[] = [];
  const isThere = listed && new Set(listed);
  return {
    name,
    open(path) {
      if (isThere?.has(path) === false) return Promise.resolve(undefined);
      const known = files.get(path);
      if (known) return known;
      const file = open(path).then((source) => {
        if (source) found.push(source);
        return source;
      });
      files.set(path, file);
      return file;
    },
    list: () => Promise.resolve(listed ?? found.map((source) => source.name)),
    opened: () => found,
  };
}
