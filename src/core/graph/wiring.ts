import type { InputSpec, OutputSpec, WidgetSpec } from '../node/definition.js';
import type { NodeRegistry } from '../node/registry.js';
import { own } from './own.js';
import { boundaryTypes, graphRegistry } from './subgraph-registry.js';
import { isLink, type GraphDocument, type NodeId, type WidgetValue } from './types.js';
import { findZones, type ZoneReport } from './zones.js';

/** The inputs and outputs that a node has in a document: those of its definition and its zone's carried values. */
export interface NodeSockets {
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly outputs: Readonly<Record<string, OutputSpec>>;
}

/** Where the value of an input comes from, after looking through bypassed nodes. */
export type InputSource =
  | { readonly kind: 'link'; readonly node: NodeId; readonly output: string; readonly type: string }
  | { readonly kind: 'value'; readonly value: WidgetValue }
  /** Nothing is connected. */
  | { readonly kind: 'absent' }
  /** A bypassed node stands in between and has nothing of that type to pass through. */
  | { readonly kind: 'bypass-gap'; readonly node: NodeId; readonly type: string }
  /** The link leads to a node, or to an output of a node, that does not exist. */
  | { readonly kind: 'dangling'; readonly node: NodeId; readonly output: string }
  /** The link leads to a node whose type is not known. */
  | { readonly kind: 'unknown'; readonly node: NodeId };

/** What the links of a document mean, given the definitions. Computed on demand and remembered. */
export interface Wiring {
  readonly nodes: GraphDocument['nodes'];
  /** The definitions, those of the document's subgraphs included. */
  readonly registry: NodeRegistry;
  readonly zones: ZoneReport;
  /** Undefined for a node that does not exist or whose type is unknown. */
  sockets(id: NodeId): NodeSockets | undefined;
  source(id: NodeId, input: string): InputSource;
}

const known = new WeakMap<NodeRegistry, WeakMap<GraphDocument['nodes'], Wiring>>();

/** The wiring of a document; the same object as long as `document.nodes` and the registry are the same. */
export function wiringOf(document: GraphDocument, registry: NodeRegistry): Wiring {
  const whole = graphRegistry(document, registry);
  const ofRegistry = known.get(whole) ?? new WeakMap<GraphDocument['nodes'], Wiring>();
  known.set(whole, ofRegistry);
  const wiring = ofRegistry.get(document.nodes) ?? createWiring(document.nodes, whole);
  ofRegistry.set(document.nodes, wiring);
  return wiring;
}

function createWiring(nodes: GraphDocument['nodes'], registry: NodeRegistry): Wiring {
  const zones = findZones(nodes, registry);
  const remembered = new Map<NodeId, NodeSockets | undefined>();
  const wiring: Wiring = {
    nodes,
    registry,
    zones,
    sockets: (id) => {
      if (!remembered.has(id)) remembered.set(id, socketsOf(id, nodes, registry, zones));
      return remembered.get(id);
    },
    source: (id, input) => sourceOf(wiring, id, input),
  };
  return wiring;
}

function socketsOf(
  id: NodeId,
  nodes: GraphDocument['nodes'],
  registry: NodeRegistry,
  zones: ZoneReport,
): NodeSockets | undefined {
  const definition = registry.get(own(nodes, id)?.type ?? '');
  if (definition === undefined) return undefined;
  const sockets = own(nodes, id)?.sockets;
  if (sockets && definition.category === 'subgraph')
    return boundarySockets(definition.type, sockets);
  const start = definition.zone?.kind === 'start' ? id : zones.byBoundary.get(id)?.start;
  const carried = own(nodes, start ?? id)?.carried;
  if (definition.zone === undefined || carried === undefined) return definition;
  const inputs: Record<string, InputSpec> = { ...definition.inputs };
  const outputs: Record<string, OutputSpec> = { ...definition.outputs };
  for (const [name, type] of Object.entries(carried)) {
    inputs[name] ??= { type, tooltip: `Carried from pass to pass as ${name}.` };
    outputs[name] ??= { type, tooltip: `Carried from pass to pass as ${name}.` };
  }
  return { inputs, outputs };
}

function boundarySockets(type: string, sockets: Readonly<Record<string, string>>): NodeSockets {
  const isInputs = type === boundaryTypes.inputs;
  const specs = Object.entries(sockets).map(([name, socket]) => {
    const way = isInputs ? 'Goes into' : 'Comes out of';
    const tooltip = `${way} the subgraph as ${name}.`;
    return [
      name,
      { type: socket, tooltip, ...(!isInputs && { optional: true as const }) },
    ] as const;
  });
  const named = Object.fromEntries(specs);
  return isInputs ? { inputs: {}, outputs: named } : { inputs: named, outputs: {} };
}

/** Whether an input is edited on the node; a link may replace its value. */
export function isWidget(spec: InputSpec): spec is WidgetSpec {
  return 'default' in spec;
}

/** Whether a value of type `from` may flow into an input of type `to`. */
export function isAssignable(from: string, to: string): boolean {
  return from === to || (from === 'INT' && to === 'FLOAT') || (from === 'STRING' && to === 'COMBO');
}

function sourceOf(wiring: Wiring, id: NodeId, input: string): InputSource {
  const { nodes } = wiring;
  let stored = own(own(nodes, id)?.inputs ?? {}, input);
  const passed = new Set<NodeId>();
  for (;;) {
    if (stored === undefined) return { kind: 'absent' };
    if (!isLink(stored)) return { kind: 'value', value: stored };
    const [node, output] = stored.link;
    const record = own(nodes, node);
    if (record === undefined) return { kind: 'dangling', node, output };
    const sockets = wiring.sockets(node);
    if (sockets === undefined) return { kind: 'unknown', node };
    const type = own(sockets.outputs, output)?.type;
    if (type === undefined) return { kind: 'dangling', node, output };
    if (record.mode !== 'bypass') return { kind: 'link', node, output, type };
    const through = Object.entries(sockets.inputs).find(([, spec]) => spec.type === type)?.[0];
    if (through === undefined || passed.has(node)) return { kind: 'bypass-gap', node, type };
    passed.add(node);
    stored = own(record.inputs, through);
    if (stored === undefined) return { kind: 'bypass-gap', node, type };
  }
}
