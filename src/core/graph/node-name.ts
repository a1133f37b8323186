import type { NodeRegistry } from '../node/registry.js';
import { own } from './own.js';
import type { GraphDocument, NodeId } from './types.js';

/** How messages call a node: its title or its type's name, with its id. */
export function nodeName(
  nodes: GraphDocument['nodes'],
  registry: NodeRegistry,
  id: NodeId,
): string {
  const record = own(nodes, id);
  if (record === undefined) return `Node ${id}`;
  const title = record.title ?? registry.get(record.type)?.displayName ?? record.type;
  return `“${title}” (node ${id})`;
}
