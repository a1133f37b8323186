import type { AnyNodeDefinition, InputSpec, OutputSpec } from '../node/definition.js';
import type { NodeRegistry } from '../node/registry.js';
import { own } from './own.js';
import { isLink, type GraphDocument, type Subgraph, type SubgraphInput } from './types.js';

/** The two nodes that stand for the sockets of a subgraph while it is edited; no other node has these ids. */
export const boundaryIds = { inputs: '999999998', outputs: '999999999' } as const;

/** Their types. */
export const boundaryTypes = { inputs: 'SubgraphInputs', outputs: 'SubgraphOutputs' } as const;

const prefix = 'subgraph:';

/** The key of the subgraph that a node type is an instance of; undefined for other types. */
export function subgraphKey(type: string): string | undefined {
  return type.startsWith(prefix) ? type.slice(prefix.length) : undefined;
}

/** The subgraph that a node type is an instance of, when its definition is in the document. */
export function subgraphOf(
  { subgraphs = {} }: Pick<GraphDocument, 'subgraphs'>,
  type: string,
): Subgraph | undefined {
  const key = subgraphKey(type);
  return key === undefined ? undefined : own(subgraphs, key);
}

/** The node type of a subgraph's instances. */
export function subgraphType(key: string): string {
  return prefix + key;
}

/** The named sockets of a subgraph in the order in which they are shown. */
export function inOrder<Socket extends { readonly order?: number }>(
  sockets: Readonly<Record<string, Socket>>,
): readonly (readonly [name: string, socket: Socket])[] {
  const rank = ({ order = Infinity }: Socket) => order;
  return Object.entries(sockets).sort(([, a], [, b]) =>
    rank(a) === rank(b) ? 0 : rank(a) - rank(b),
  );
}

const known = new WeakMap<NodeRegistry, WeakMap<object, NodeRegistry>>();

/**
 * The registry that a document's nodes are to be read with: the given one, and a definition for every subgraph
 * that does not contain itself. The same object as long as `document.subgraphs` is the same.
 */
export function graphRegistry(
  { subgraphs }: Pick<GraphDocument, 'subgraphs'>,
  registry: NodeRegistry,
): NodeRegistry {
  if (subgraphs === undefined) return registry;
  const ofRegistry = known.get(registry) ?? new WeakMap<object, NodeRegistry>();
  known.set(registry, ofRegistry);
  const extended = ofRegistry.get(subgraphs) ?? extend(subgraphs, registry);
  ofRegistry.set(subgraphs, extended);
  return extended;
}

function extend(
  subgraphs: NonNullable<GraphDocument['subgraphs']>,
  registry: NodeRegistry,
): NodeRegistry {
  const extended = new Map<string, AnyNodeDefinition>(registry);
  for (const type of Object.values(boundaryTypes)) extended.set(type, boundaryOf(type));
  for (const key of innermostFirst(subgraphs)) {
    const subgraph = own(subgraphs, key);
    if (subgraph) extended.set(subgraphType(key), definitionOf(key, subgraph, extended));
  }
  return extended;
}

/** The keys of subgraphs, each after those it contains; those that contain themselves are left out. */
export function innermostFirst(
  subgraphs: NonNullable<GraphDocument['subgraphs']>,
): readonly string[] {
  const waits = new Map<string, number>();
  const users = new Map<string, string[]>();
  for (const [key, { nodes }] of Object.entries(subgraphs)) {
    const inner = new Set(Object.values(nodes).flatMap(({ type }) => subgraphKey(type) ?? []));
    const existing = [...inner].filter((other) => own(subgraphs, other) !== undefined);
    waits.set(key, existing.length);
    for (const other of existing) users.set(other, [...(users.get(other) ?? []), key]);
  }
  const ready = [...waits].flatMap(([key, count]) => (count === 0 ? [key] : []));
  for (const key of ready) {
    for (const user of users.get(key) ?? []) {
      const left = (waits.get(user) ?? 0) - 1;
      waits.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  return ready;
}

function boundaryOf(type: string): AnyNodeDefinition {
  const isInputs = type === boundaryTypes.inputs;
  return {
    type,
    version: 1,
    displayName: isInputs ? 'Inputs' : 'Outputs',
    category: 'subgraph',
    description: isInputs ? 'What goes into the subgraph.' : 'What comes out of the subgraph.',
    inputs: {},
    outputs: {},
    execute: neverRuns,
  };
}

function definitionOf(key: string, subgraph: Subgraph, registry: NodeRegistry): AnyNodeDefinition {
  const inputs: Record<string, InputSpec> = {};
  const outputs: Record<string, OutputSpec> = {};
  for (const [name, socket] of inOrder(subgraph.inputs)) {
    inputs[name] = inputSpec(name, socket, subgraph, registry);
  }
  for (const [name, { type }] of inOrder(subgraph.outputs)) {
    outputs[name] = { type, tooltip: `Comes out of ${subgraph.title} as ${name}.` };
  }
  const hasOutputNode = Object.values(subgraph.nodes).some(
    ({ type }) => registry.get(type)?.outputNode,
  );
  return {
    type: subgraphType(key),
    version: 1,
    displayName: subgraph.title,
    category: 'subgraph',
    description: subgraph.description ?? 'A graph that is used as a node.',
    inputs,
    outputs,
    ...(hasOutputNode && { outputNode: true }),
    execute: neverRuns,
  };
}

/** What an input of an instance takes: what the inner input takes, its value there being the default. */
function inputSpec(
  name: string,
  { type, to }: SubgraphInput,
  { title, nodes }: Subgraph,
  registry: NodeRegistry,
): InputSpec {
  const specs = to.flatMap(([node, input]) => {
    const record = own(nodes, node);
    const spec = own<InputSpec>(registry.get(record?.type ?? '')?.inputs ?? {}, input);
    const stored = own(record?.inputs ?? {}, input);
    return spec ? [{ spec, stored }] : [];
  });
  const first = specs[0];
  if (first && 'default' in first.spec && first.spec.type === type) {
    const { spec, stored } = first;
    const isValue = typeof stored === typeof spec.default && !isLink(stored);
    return isValue ? ({ ...spec, default: stored } as InputSpec) : spec;
  }
  const isOptional = specs.every(({ spec }) => 'default' in spec || spec.optional === true);
  const tooltip = first?.spec.tooltip ?? `Goes into ${title} as ${name}.`;
  return { type, tooltip, ...(isOptional && { optional: true }) };
}

function neverRuns(): never {
  throw new Error('A subgraph is expanded before a run.');
}
