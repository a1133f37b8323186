import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodes } from '../../../nodes/index.js';
import { loadDocument, type LoadedDocument } from '../../../src/core/graph/load.js';
import type { AnyNodeDefinition } from '../../../src/core/node/definition.js';
import { createRegistry } from '../../../src/core/node/registry.js';
import type { Services } from '../../../src/diffusion/services.js';
import { AppError } from '../../../src/core/errors.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Folders of the project that runs without a browser read from. */
export const places = {
  graphs: join(root, 'graphs'),
  models: join(root, 'public/models'),
  samples: join(root, 'public/samples'),
};

/** Every node of the project. */
export const registry = createRegistry<Services>(
  nodes as readonly unknown[] as readonly AnyNodeDefinition<Services>[],
);

/** Reads a graph file. @throws AppError `document/*` when it is not there or not a graph. */
export async function readGraph(path: string): Promise<LoadedDocument> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError({ code: 'document/invalid', reason }, { cause });
  });
  return loadDocument(text, registry);
}
