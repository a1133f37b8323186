import { nodes } from '../../nodes/index.js';
import { loadDocument } from '../../src/core/graph/load.js';
import { isLink, type GraphDocument } from '../../src/core/graph/types.js';
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

/** A graph in which everything that read these outputs of a node reads those of a further node in their place. */
export function withNodeAfter(
  document: GraphDocument,
  node: string,
  outputs: readonly string[],
  [id, added]: readonly [id: string, record: GraphDocument['nodes'][string]],
): GraphDocument {
  const led = Object.entries(document.nodes).map(([key, record]) => {
    const inputs = Object.entries(record.inputs).map(([name, value]) => {
      const isLed = isLink(value) && value.link[0] === node && outputs.includes(value.link[1]);
      return [name, isLed ? { link: [id, value.link[1]] as const } : value] as const;
    });
    return [key, { ...record, inputs: Object.fromEntries(inputs) }] as const;
  });
  return { ...document, nodes: { ...Object.fromEntries(led), [id]: added } };
}
