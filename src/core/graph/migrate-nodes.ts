import type { AnyNodeDefinition } from '../node/definition.js';
import type { NodeRegistry } from '../node/registry.js';
import { own } from './own.js';
import { isLink, type GraphDocument, type NodeRecord } from './types.js';

/**
 * Brings the inputs of every node up to the version that its definition has now. Nodes that are unknown, newer,
 * or cannot be migrated stay untouched (`validate` reports them); the same document comes back when nothing changes.
 */
export function migrateNodes(document: GraphDocument, registry: NodeRegistry): GraphDocument {
  const nodes = migrateAll(document.nodes, registry);
  const before = Object.entries(document.subgraphs ?? {});
  const subgraphs = before.map(([key, subgraph]) => {
    const inner = migrateAll(subgraph.nodes, registry);
    return [key, inner === subgraph.nodes ? subgraph : { ...subgraph, nodes: inner }] as const;
  });
  const isSame = subgraphs.every(([, subgraph], index) => subgraph === before[index]?.[1]);
  if (isSame && nodes === document.nodes) return document;
  return { ...document, nodes, ...(!isSame && { subgraphs: Object.fromEntries(subgraphs) }) };
}

function migrateAll(nodes: GraphDocument['nodes'], registry: NodeRegistry): GraphDocument['nodes'] {
  const changed: Record<string, NodeRecord> = {};
  for (const [id, record] of Object.entries(nodes)) {
    const definition = registry.get(record.type);
    if (definition === undefined || record.version >= definition.version) continue;
    const inputs = climb(record, definition);
    if (inputs !== undefined) changed[id] = { ...record, version: definition.version, inputs };
  }
  return Object.keys(changed).length === 0 ? nodes : { ...nodes, ...changed };
}

function climb(
  record: NodeRecord,
  { version, migrate = {} }: AnyNodeDefinition,
): NodeRecord['inputs'] | undefined {
  let inputs: Readonly<Record<string, unknown>> = record.inputs;
  for (let to = record.version + 1; to <= version; to += 1) {
    const step = own(migrate, String(to));
    if (step === undefined) return undefined;
    try {
      inputs = step(inputs);
    } catch (cause) {
      // A migration meets whatever a file holds; a node it cannot read is kept as it was and reported.
      if (cause instanceof Error) return undefined;
      throw cause;
    }
  }
  return isInputs(inputs) ? inputs : undefined;
}

function isInputs(inputs: Readonly<Record<string, unknown>>): inputs is NodeRecord['inputs'] {
  return Object.values(inputs).every(
    (value) => ['number', 'string', 'boolean'].includes(typeof value) || isLink(value),
  );
}
