import { nodes } from '../../nodes/index.js';
import { loadDocument } from '../../src/core/graph/load.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import type { AnyNodeDefinition } from '../../src/core/node/definition.js';
import { createRegistry } from '../../src/core/node/registry.js';
import type { Services } from '../../src/diffusion/services.js';

/** The example graphs, by file name without `.json`. */
export const graphNames = [
  'ablation',
  'appearance-transfer',
  'consistent',
  'creatures',
  'grid',
  'own-masks',
  'paper',
  'reconstruction',
  'seeds',
  'single-step',
  'structure-injection',
  'three-structures',
  'two-appearances',
] as const;

/** Every node of the project. */
export const registry = createRegistry<Services>(
  nodes as readonly unknown[] as readonly AnyNodeDefinition<Services>[],
);

/** The text of an example graph. */
export async function graphText(name: string): Promise<string> {
  const response = await fetch(new URL(`../../graphs/${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`graphs/${name}.json is not served`);
  return response.text();
}

/** An example graph, loaded. */
export async function graphNamed(name: string): Promise<GraphDocument> {
  return loadDocument(await graphText(name), registry).document;
}

/** Id of the node with a title, or the only one of a type. */
export function nodeCalled({ nodes: records }: GraphDocument, name: string): string {
  const ids = Object.keys(records).filter(
    (id) => records[id]?.title === name || records[id]?.type === name,
  );
  const [id] = ids;
  if (id === undefined || ids.length > 1)
    throw new Error(`${name} names ${String(ids.length)} nodes`);
  return id;
}
