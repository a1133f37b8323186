import type { NodeRegistry } from '../node/registry.js';
import { changeNodes } from './edits.js';
import { setVia } from './layout-edits.js';
import { adjacencyOf, reachable } from './links.js';
import { nodeName } from './node-name.js';
import { own } from './own.js';
import { isLink, type GraphDocument, type NodeId } from './types.js';
import { isAssignable, isWidget, wiringOf } from './wiring.js';

/** One end of a link: an output or an input of a node, by name. */
export interface Endpoint {
  readonly node: NodeId;
  readonly name: string;
}

/** What came of an edit that may be refused. */
export type EditResult =
  | { readonly document: GraphDocument; readonly refused?: undefined }
  /** One sentence that says why not. */
  | { readonly document?: undefined; readonly refused: string };

/**
 * Links an output to an input; a link or value that the input had is replaced. Refused when an end does not exist,
 * when the types do not fit, and when the link would close a circle.
 */
export function connect(
  document: GraphDocument,
  registry: NodeRegistry,
  from: Endpoint,
  to: Endpoint,
): EditResult {
  const refused = linkRefusal(document, registry, from, to);
  if (refused !== undefined) return { refused };
  const before = own(own(document.nodes, to.node)?.inputs ?? {}, to.name);
  const isThere = isLink(before) && before.link[0] === from.node && before.link[1] === from.name;
  if (isThere) return { document };
  const stored = { link: [from.node, from.name] } as const;
  const straight = setVia(document, to.node, to.name, []);
  return {
    document: changeNodes(straight, [to.node], (record) => ({
      ...record,
      inputs: { ...record.inputs, [to.name]: stored },
    })),
  };
}

/** Why {@link connect} would refuse; undefined when it would not. Cheap enough to ask while a link is dragged. */
export function linkRefusal(
  document: GraphDocument,
  registry: NodeRegistry,
  from: Endpoint,
  to: Endpoint,
): string | undefined {
  const { nodes } = document;
  const wiring = wiringOf(document, registry);
  const output = own(wiring.sockets(from.node)?.outputs ?? {}, from.name);
  const input = own(wiring.sockets(to.node)?.inputs ?? {}, to.name);
  const [giver, taker] = [from, to].map(({ node }) => nodeName(nodes, registry, node));
  if (output === undefined) return `${giver ?? ''} has no output ${from.name}.`;
  if (input === undefined) return `${taker ?? ''} has no input ${to.name}.`;
  if (!isAssignable(output.type, input.type)) {
    return `${taker ?? ''} wants a ${input.type} as ${to.name}, and ${from.name} is a ${output.type}.`;
  }
  const circle =
    from.node === to.node || reachable(from.node, adjacencyOf(nodes).suppliers).has(to.node);
  if (!circle) return undefined;
  return `${giver ?? ''} already depends on ${taker ?? ''}. To carry a value from pass to pass, lead it through a Denoise Start and End.`;
}

/** Removes the link of an input; a widget gets its default value back. */
export function disconnect(
  document: GraphDocument,
  registry: NodeRegistry,
  { node, name }: Endpoint,
): GraphDocument {
  const spec = own(wiringOf(document, registry).sockets(node)?.inputs ?? {}, name);
  const straight = setVia(document, node, name, []);
  return changeNodes(straight, [node], (record) => {
    if (own(record.inputs, name) === undefined) return record;
    const inputs = Object.entries(record.inputs).filter(([input]) => input !== name);
    if (spec !== undefined && isWidget(spec)) inputs.push([name, spec.default]);
    return { ...record, inputs: Object.fromEntries(inputs) };
  });
}
