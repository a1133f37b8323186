import type { NodeRegistry } from '../node/registry.js';
import type { EditResult, Endpoint } from './link-edits.js';
import { nodeName } from './node-name.js';
import { own } from './own.js';
import { boundaryIds, inOrder, subgraphType } from './subgraph-registry.js';
import { freeSocket } from './subgraph-make.js';
import { changeSocket } from './subgraph-sockets.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeRecord,
  type Subgraph,
  type WidgetValue,
} from './types.js';
import { isWidget, wiringOf } from './wiring.js';

/**
 * Shows a widget of a node inside a subgraph on every instance of it, with its value as the default. Refused where
 * there is no such widget, or where something feeds it already.
 */
export function showWidget(
  document: GraphDocument,
  registry: NodeRegistry,
  key: string,
  { node, name }: Endpoint,
): EditResult {
  const subgraph = own(document.subgraphs ?? {}, key);
  if (!subgraph) return { refused: 'Only inside a subgraph a value can be shown outside.' };
  const inner = wiringOf({ ...document, nodes: subgraph.nodes }, registry);
  const called = nodeName(subgraph.nodes, inner.registry, node);
  const spec = own(inner.sockets(node)?.inputs ?? {}, name);
  if (!spec || !isWidget(spec)) return { refused: `${called} has no value ${name}.` };
  const isFed =
    isLink(own(own(subgraph.nodes, node)?.inputs ?? {}, name)) ||
    Object.values(subgraph.inputs).some(({ to }) =>
      to.some(([id, input]) => id === node && input === name),
    );
  if (isFed) return { refused: `A link already gives ${called} its ${name}.` };
  const socket = { type: spec.type, to: [[node, name]] as const, promoted: true as const };
  return {
    document: withInput(document, key, subgraph, freeSocket(name, subgraph.inputs), socket),
  };
}

function withInput(
  document: GraphDocument,
  key: string,
  subgraph: Subgraph,
  name: string,
  socket: Subgraph['inputs'][string],
): GraphDocument {
  const inputs = [...inOrder(subgraph.inputs), [name, socket] as const].map(
    ([each, held], order) => [each, { ...held, order }] as const,
  );
  const changed = { ...subgraph, inputs: Object.fromEntries(inputs) };
  return { ...document, subgraphs: { ...document.subgraphs, [key]: changed } };
}

/**
 * Takes an input off a subgraph and its instances: what feeds on it has its own value again, that of the instances where
 * they agree on one.
 */
export function hideWidget(document: GraphDocument, key: string, name: string): EditResult {
  const value = agreedValue(document, key, name);
  const changed = changeSocket(document, key, 'input', name, { remove: true });
  const subgraph = own(document.subgraphs ?? {}, key);
  if (!changed.document || !subgraph || value === undefined) return changed;
  const after = own(changed.document.subgraphs ?? {}, key) ?? subgraph;
  const subgraphs = {
    ...changed.document.subgraphs,
    [key]: withValue(after, own(subgraph.inputs, name)?.to ?? [], value),
  };
  return { document: { ...changed.document, subgraphs } };
}

/** What would show a widget on the outer node, or take it off. */
export type Promotion =
  | { readonly kind: 'show-widget'; readonly to: Endpoint }
  | { readonly kind: 'hide-widget'; readonly id: NodeId; readonly name: string };

/** In an inner document: what can be done with a widget; undefined for one that another node feeds, and elsewhere. */
export function promotionOf(
  inner: GraphDocument,
  node: NodeId,
  name: string,
): Promotion | undefined {
  if (own(inner.nodes, boundaryIds.inputs) === undefined) return undefined;
  const stored = own(own(inner.nodes, node)?.inputs ?? {}, name);
  if (!isLink(stored)) return { kind: 'show-widget', to: { node, name } };
  const [id, socket] = stored.link;
  return id === boundaryIds.inputs ? { kind: 'hide-widget', id, name: socket } : undefined;
}

/** A subgraph whose inner inputs have a value. */
export function withValue(
  subgraph: Subgraph,
  to: Subgraph['inputs'][string]['to'],
  value: WidgetValue,
): Subgraph {
  const nodes = { ...subgraph.nodes };
  for (const [id, input] of to) {
    const record = own(nodes, id);
    if (record) nodes[id] = { ...record, inputs: { ...record.inputs, [input]: value } };
  }
  return { ...subgraph, nodes };
}

/** The value that every instance of a subgraph, at all levels, has for an input; undefined when there is none. */
export function agreedValue(
  document: GraphDocument,
  key: string,
  name: string,
): WidgetValue | undefined {
  const [first, ...others] = instancesOf(document, key).map(({ inputs }) => own(inputs, name));
  if (first === undefined || isLink(first)) return undefined;
  return others.every((other) => other === first) ? first : undefined;
}

/** The instances of a subgraph at all levels of a document. */
export function instancesOf(document: GraphDocument, key: string): readonly NodeRecord[] {
  const type = subgraphType(key);
  const levels = [document, ...Object.values(document.subgraphs ?? {})];
  return levels.flatMap(({ nodes }) => Object.values(nodes).filter((node) => node.type === type));
}
