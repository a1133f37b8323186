import { AppError } from '../core/errors.js';
import { documentLimits } from '../core/graph/limits.js';
import { graphRegistry } from '../core/graph/subgraph-registry.js';
import type { GraphDocument } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { texts } from '../texts/texts.js';
import { pictureLimits } from './take-pictures.js';

/** A graph that was found in a file. */
export interface FoundGraph {
  readonly document: GraphDocument;
  /** What could not be taken over from another program's format, in words. */
  readonly warnings: readonly string[];
}

/**
 * Reads the graph in a file, whichever program wrote it: JSON, or a PNG picture that carries one. Undefined for a
 * picture that holds none; any other file without a graph is refused. The size is checked before a byte is read, and what
 * reads is loaded with the first file.
 * @throws AppError `document/too-large`, `document/invalid`, `document/too-new`.
 */
export async function readGraphFile(
  file: Blob,
  registry: NodeRegistry,
): Promise<FoundGraph | undefined> {
  const isPicture = file.type.startsWith('image/');
  if (isPicture && (file.type !== 'image/png' || file.size > pictureLimits.bytes)) return undefined;
  if (!isPicture && file.size > documentLimits.bytes) {
    throw new AppError({
      code: 'document/too-large',
      what: 'bytes',
      found: file.size,
      limit: documentLimits.bytes,
    });
  }
  const { graphFromPng, readGraphFrom } = await import('../storage/graph-in-png.js');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const document = isPicture ? graphFromPng(bytes, registry) : readGraphFrom(bytes, registry);
  if (!document && !isPicture) {
    const reason = texts().files.noGraphInFile(file instanceof File ? file.name : '');
    throw new AppError({ code: 'document/invalid', reason });
  }
  return document && { document, warnings: unknownNodes(document, registry) };
}

/** Which nodes are placeholders, in a sentence. */
function unknownNodes(document: GraphDocument, registry: NodeRegistry): readonly string[] {
  const known = graphRegistry(document, registry);
  const types = [document, ...Object.values(document.subgraphs ?? {})]
    .flatMap(({ nodes }) => Object.values(nodes))
    .flatMap(({ type }) => (known.has(type) ? [] : [type]));
  if (types.length === 0) return [];
  const names = [...new Set(types)].slice(0, 5).map((type) => type.slice(0, 40));
  return [texts().files.placeholders(types.length, names.join(', '))];
}
