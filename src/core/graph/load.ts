import type { NodeRegistry } from '../node/registry.js';
import { migrateNodes } from './migrate-nodes.js';
import { parseDocument } from './parse.js';
import type { Problem } from './problems.js';
import type { GraphDocument } from './types.js';
import { validate } from './validate.js';

/** A loaded graph and the mistakes in it; both are to be shown. */
export interface LoadedDocument {
  readonly document: GraphDocument;
  readonly problems: readonly Problem[];
}

/**
 * Loads a graph from JSON text or parsed JSON: parse, migrate the format, migrate the nodes, validate.
 * @throws AppError `document/*` as {@link parseDocument} does.
 */
export function loadDocument(source: unknown, registry: NodeRegistry): LoadedDocument {
  const document = migrateNodes(parseDocument(source), registry);
  return { document, problems: validate(document, registry) };
}
