import { flatten } from './flatten.js';
import { subgraphAt } from './inner-document.js';
import { own } from './own.js';
import { boundaryIds, subgraphOf } from './subgraph-registry.js';
import { isLink, type GraphDocument, type NodeId } from './types.js';

type Path = readonly NodeId[];

/** A socket of a node, by name. */
export interface SocketPlace {
  readonly node: NodeId;
  readonly side: 'input' | 'output';
  readonly name: string;
}

/** The id that a node inside the instances of `path` has in the flattened document, such as `7/3`. */
export function flatId(path: Path, id: NodeId): NodeId {
  return path.length === 0 ? id : `${path.join('/')}/${id}`;
}

/** The instances that a flat id lies in, the outermost first, and the id that its node has there. */
export function placeOf(flat: NodeId): { readonly path: Path; readonly id: NodeId } {
  const ids = flat.split('/');
  return { path: ids.slice(0, -1), id: ids.at(-1) ?? '' };
}

/**
 * The socket of the flattened document that a socket inside the instances of `path` stands for: one of a subgraph's
 * node is that of the node inside which gives or takes the value, and one of the two nodes that stand for a subgraph's
 * sockets is that of the node around it. Undefined when nothing gives the value.
 */
export function flatSocket(
  document: GraphDocument,
  path: Path,
  socket: SocketPlace,
): SocketPlace | undefined {
  const flat = flatten(document).nodes;
  let at = path;
  let { node, side, name } = socket;
  for (;;) {
    const outer = at.at(-1);
    const isBoundary = node === boundaryIds.inputs || node === boundaryIds.outputs;
    if (isBoundary && outer !== undefined) {
      side = node === boundaryIds.inputs ? 'input' : 'output';
      at = at.slice(0, -1);
      node = outer;
    }
    const id = flatId(at, node);
    if (own(flat, id)) return { node: id, side, name };
    const record = own(nodesAt(document, at), node);
    const subgraph = record && subgraphOf(document, record.type);
    if (!subgraph) return undefined;
    const inner =
      side === 'output' ? own(subgraph.outputs, name)?.from : own(subgraph.inputs, name)?.to[0];
    if (inner) {
      at = [...at, node];
      [node, name] = inner;
      continue;
    }
    const given = own(record.inputs, name);
    if (side === 'output' || !isLink(given)) return undefined;
    side = 'output';
    [node, name] = given.link;
  }
}

function nodesAt(document: GraphDocument, path: Path): GraphDocument['nodes'] {
  return path.length === 0 ? document.nodes : (subgraphAt(document, path)?.nodes ?? {});
}
