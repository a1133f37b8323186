import { AppError } from '../core/errors.js';
import { documentLimits } from '../core/graph/limits.js';
import { loadDocument } from '../core/graph/load.js';
import type { GraphDocument } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';

/** A graph that was found in a file. */
export interface FoundGraph {
  readonly document: GraphDocument;
  /** What could not be taken over from another program's format, in words. */
  readonly warnings: readonly string[];
}

/**
 * Reads the graph in a file; undefined for a picture that holds none. The size is checked before a byte is read.
 * @throws AppError `document/too-large`, `document/invalid`, `document/too-new`.
 */
export async function readGraphFile(
  file: Blob,
  registry: NodeRegistry,
): Promise<FoundGraph | undefined> {
  if (file.type.startsWith('image/')) return undefined;
  if (file.size > documentLimits.bytes) {
    throw new AppError({
      code: 'document/too-large',
      what: 'bytes',
      found: file.size,
      limit: documentLimits.bytes,
    });
  }
  return { document: loadDocument(await file.text(), registry).document, warnings: [] };
}
