import { isObject } from '../fields-like.js';

/** What changes in a graph that comes back. */
interface Renaming {
  /** Pictures that have another name now. */
  readonly pictures: ReadonlyMap<string, string>;
  /** The new title from the old one. */
  readonly title: ((title: string) => string) | undefined;
}

/**
 * A graph's stored text with its pictures, in the inputs of its nodes and its subgraphs' nodes, called by their new
 * names, and with a new title. A text that is no graph's stays as it is, and so does one in which nothing changes.
 */
export function renameInGraph(text: unknown, { pictures, title }: Renaming): unknown {
  if (typeof text !== 'string' || (pictures.size === 0 && !title)) return text;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // It is kept for whoever can read it.
    return text;
  }
  if (!isObject(document)) return text;
  const renamed = inNodes(document, pictures);
  const subgraphs = isObject(document['subgraphs'])
    ? { subgraphs: mapped(document['subgraphs'], (inner) => inNodes(inner, pictures)) }
    : {};
  const before = document['title'];
  const named = title ? { title: title(typeof before === 'string' ? before : '') } : {};
  return JSON.stringify({ ...renamed, ...subgraphs, ...named }, undefined, 2);
}

function inNodes(holder: unknown, pictures: Renaming['pictures']): object {
  if (!isObject(holder)) return {};
  if (!isObject(holder['nodes'])) return holder;
  const nodes = mapped(holder['nodes'], (node) =>
    isObject(node) && isObject(node['inputs'])
      ? { ...node, inputs: mapped(node['inputs'], (value) => newName(value, pictures)) }
      : node,
  );
  return { ...holder, nodes };
}

function newName(value: unknown, pictures: Renaming['pictures']): unknown {
  return typeof value === 'string' ? (pictures.get(value) ?? value) : value;
}

function mapped(record: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
