import type { NodeRegistry } from '../../src/core/node/registry.js';
import type {
  GraphDocument,
  Link,
  NodeId,
  NodeRecord,
  WidgetValue,
} from '../../src/core/graph/types.js';

/** A node that was added to a {@link GraphBuilder}. */
export interface BuiltNode {
  readonly id: NodeId;
  /** A link to one of its outputs, to be given as an input of another node. */
  out(output: string): Link;
}

/** Builds documents in a few lines: `g.node('Show', { value: g.node('Source', { amount: 3 }).out('VALUE') })`. */
export interface GraphBuilder {
  node(
    type: string,
    inputs?: Readonly<Record<string, WidgetValue | Link>>,
    more?: Partial<Omit<NodeRecord, 'type' | 'inputs'>>,
  ): BuiltNode;
  /** Sets an input of a node that was built before; for links that close late. */
  set(node: BuiltNode, input: string, value: WidgetValue | Link): void;
  document(): GraphDocument;
}

/** Makes a builder; node versions come from the registry, ids count up from 1. */
export function createGraphBuilder(registry: NodeRegistry): GraphBuilder {
  const nodes: Record<NodeId, NodeRecord> = {};
  return {
    node: (type, inputs = {}, more = {}) => {
      const id = String(Object.keys(nodes).length + 1);
      nodes[id] = { type, version: registry.get(type)?.version ?? 1, inputs, ...more };
      return { id, out: (output) => ({ link: [id, output] }) };
    },
    set: ({ id }, input, value) => {
      const record = nodes[id];
      if (record === undefined) throw new Error(`no node ${id} was built`);
      nodes[id] = { ...record, inputs: { ...record.inputs, [input]: value } };
    },
    document: () => ({
      format: 'crossweave-graph',
      version: 1,
      nodes: { ...nodes },
      layout: {
        nodes: Object.fromEntries(
          Object.keys(nodes).map((id) => [id, { pos: [Number(id) * 20, 0] as const }]),
        ),
        groups: [],
      },
    }),
  };
}
