import type { NodeRegistry } from '../node/registry.js';
import { own } from './own.js';
import type { GraphDocument, NodeId } from './types.js';

/** The most characters of a title that are shown; a graph may hold longer ones. */
const longestTitle = 200;

/** A title of a node, a group or a graph as it is shown: one that nobody would read to its end is cut. */
export function shownTitle(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
}

/** How messages call a node: its title or its type's name, with its id. */
export function nodeName(
  nodes: GraphDocument['nodes'],
  registry: NodeRegistry,
  id: NodeId,
): string {
  const record = own(nodes, id);
  if (record === undefined) return `Node ${id}`;
  const title = record.title ?? registry.get(record.type)?.displayName ?? record.type;
  return `“${shownTitle(title)}” (node ${id})`;
}
