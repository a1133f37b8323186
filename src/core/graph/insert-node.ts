import type { NodeRegistry } from '../node/registry.js';
import { connect, type EditResult, type Endpoint } from './link-edits.js';
import { nodeName } from './node-name.js';
import { own } from './own.js';
import { isLink, type GraphDocument, type NodeId } from './types.js';
import { isAssignable, isWidget, wiringOf } from './wiring.js';

/**
 * Puts a node onto the link into `to`: the link's source then feeds the node's first free fitting input, and the
 * node's first fitting output feeds `to`. Refused when there is no link, or nothing of the node fits it.
 */
export function insertNode(
  document: GraphDocument,
  registry: NodeRegistry,
  id: NodeId,
  to: Endpoint,
): EditResult {
  const stored = own(own(document.nodes, to.node)?.inputs ?? {}, to.name);
  const wiring = wiringOf(document, registry);
  const [called, taker] = [id, to.node].map((node) => nodeName(document.nodes, registry, node));
  if (!isLink(stored)) return { refused: `Nothing is linked to ${to.name} of ${taker ?? ''}.` };
  const [giver, output] = stored.link;
  if (giver === id || to.node === id) {
    return { refused: `${called ?? ''} is an end of that link already.` };
  }
  const given = own(wiring.sockets(giver)?.outputs ?? {}, output)?.type;
  const wanted = own(wiring.sockets(to.node)?.inputs ?? {}, to.name)?.type;
  const sockets = wiring.sockets(id);
  if (given === undefined || wanted === undefined || sockets === undefined) {
    return { refused: `The link cannot be led through ${called ?? ''}: a type is not known.` };
  }
  const fitting = Object.entries(sockets.inputs).filter(
    ([name, spec]) =>
      isAssignable(given, spec.type) && !isLink(own(document.nodes[id]?.inputs ?? {}, name)),
  );
  const input = (fitting.find(([, spec]) => !isWidget(spec)) ?? fitting[0])?.[0];
  const through = Object.entries(sockets.outputs).find(([, { type }]) =>
    isAssignable(type, wanted),
  )?.[0];
  if (input === undefined) return { refused: `${called ?? ''} has no free input for a ${given}.` };
  if (through === undefined) return { refused: `${called ?? ''} gives no ${wanted}.` };
  const from = { node: giver, name: output };
  const fed = connect(document, registry, from, { node: id, name: input });
  if (!fed.document) return fed;
  return connect(fed.document, registry, { node: id, name: through }, to);
}
