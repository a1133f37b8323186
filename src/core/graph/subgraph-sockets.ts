import type { NodeRegistry } from '../node/registry.js';
import { changeNodes, withOptional } from './edits.js';
import { connect, type EditResult, type Endpoint } from './link-edits.js';
import { own } from './own.js';
import { boundaryIds, inOrder, subgraphType } from './subgraph-registry.js';
import { freeSocket } from './subgraph-make.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeRecord,
  type Subgraph,
} from './types.js';
import { wiringOf } from './wiring.js';

/** What may be done to a socket: another name, another place among its kind, or away with it. */
export type SocketChange =
  { readonly to: string } | { readonly at: number } | { readonly remove: true };

/**
 * Changes a socket of a subgraph; every instance in the document, nested ones included, follows. Links to a socket
 * that is taken away are dropped. Refused for a name that is taken or cannot be one.
 */
export function changeSocket(
  document: GraphDocument,
  key: string,
  side: 'input' | 'output',
  name: string,
  change: SocketChange,
): EditResult {
  const subgraph = own(document.subgraphs ?? {}, key);
  const kind = side === 'input' ? 'inputs' : 'outputs';
  const sockets: Readonly<Record<string, { readonly type: string; readonly order?: number }>> =
    subgraph?.[kind] ?? {};
  if (!subgraph || own(sockets, name) === undefined) {
    return { refused: `The subgraph has no ${side} ${name}.` };
  }
  const to = 'to' in change ? change.to : name;
  if (to !== name && freeSocket(to, sockets) !== to) {
    return {
      refused: `“${to}” is taken or cannot be a name. Use letters, digits and underscores.`,
    };
  }
  const isGone = 'remove' in change;
  const names = inOrder<{ readonly type: string; readonly order?: number }>(sockets).map(
    ([other]) => other,
  );
  const order = isGone ? names.filter((other) => other !== name) : names;
  if ('at' in change) {
    order.splice(order.indexOf(name), 1);
    order.splice(Math.max(0, Math.min(change.at, order.length)), 0, name);
  }
  const next = Object.fromEntries(
    order.map((other, at) => [other === name ? to : other, { ...own(sockets, other), order: at }]),
  ) as Subgraph['inputs'] & Subgraph['outputs'];
  const changed = { ...document.subgraphs, [key]: { ...subgraph, [kind]: next } };
  const rename = isGone ? undefined : to;
  const follow = (nodes: GraphDocument['nodes']) =>
    followed(nodes, subgraphType(key), side, name, rename);
  const subgraphs = Object.entries(changed).map(
    ([other, each]) => [other, { ...each, nodes: follow(each.nodes) }] as const,
  );
  return {
    document: {
      ...document,
      nodes: follow(document.nodes),
      subgraphs: Object.fromEntries(subgraphs),
    },
  };
}

/** Nodes whose instances of `type`, or whose links to these, call a socket `to`, or have it no longer. */
function followed(
  nodes: GraphDocument['nodes'],
  type: string,
  side: 'input' | 'output',
  name: string,
  to: string | undefined,
): GraphDocument['nodes'] {
  const entries = Object.entries(nodes).map(([id, record]) => {
    const inputs = Object.entries(record.inputs).flatMap(([input, stored]) => {
      if (side === 'input' && record.type === type && input === name) {
        return to === undefined ? [] : [[to, stored] as const];
      }
      const isFed =
        side === 'output' &&
        isLink(stored) &&
        stored.link[1] === name &&
        own(nodes, stored.link[0])?.type === type;
      if (!isFed) return [[input, stored] as const];
      return to === undefined
        ? []
        : [[input, { ...stored, link: [stored.link[0], to] as const }] as const];
    });
    const isSame =
      inputs.length === Object.keys(record.inputs).length &&
      inputs.every(([input, stored]) => own(record.inputs, input) === stored);
    return [id, isSame ? record : { ...record, inputs: Object.fromEntries(inputs) }] as const;
  });
  return entries.every(([id, record]) => nodes[id] === record)
    ? nodes
    : Object.fromEntries(entries);
}

/** In an inner document: makes an input of a node one of the subgraph's, under `name` or one like the input's. */
export function exposeInput(
  inner: GraphDocument,
  registry: NodeRegistry,
  to: Endpoint,
  name?: string,
): EditResult {
  const type = own(wiringOf(inner, registry).sockets(to.node)?.inputs ?? {}, to.name)?.type;
  if (type === undefined) return { refused: `There is no input ${to.name} to expose.` };
  const added = addSocket(inner, boundaryIds.inputs, name ?? to.name, type);
  if (!added) return { refused: 'Only inside a subgraph an input can be exposed.' };
  const from = { node: boundaryIds.inputs, name: added.name };
  return connect(added.document, registry, from, to);
}

/** In an inner document: makes an output of a node one of the subgraph's. */
export function exposeOutput(
  inner: GraphDocument,
  registry: NodeRegistry,
  from: Endpoint,
  name?: string,
): EditResult {
  const type = own(wiringOf(inner, registry).sockets(from.node)?.outputs ?? {}, from.name)?.type;
  if (type === undefined) return { refused: `There is no output ${from.name} to expose.` };
  const added = addSocket(inner, boundaryIds.outputs, name ?? from.name, type);
  if (!added) return { refused: 'Only inside a subgraph an output can be exposed.' };
  return connect(added.document, registry, from, { node: boundaryIds.outputs, name: added.name });
}

function addSocket(inner: GraphDocument, id: NodeId, wish: string, type: string) {
  const sockets = own(inner.nodes, id)?.sockets;
  if (!sockets) return undefined;
  const name = freeSocket(wish, sockets);
  const document = changeNodes(inner, [id], (record: NodeRecord) =>
    withOptional(record, 'sockets', { ...sockets, [name]: type }),
  );
  return { document, name };
}
