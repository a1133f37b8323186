import { flatten } from '../graph/flatten.js';
import { own } from '../graph/own.js';
import { isLink, type GraphDocument, type NodeId, type WidgetValue } from '../graph/types.js';
import { isWidget, wiringOf, type Wiring } from '../graph/wiring.js';
import type { NodeRegistry } from '../node/registry.js';
import { idOf, isJson, jsonOf, namesHere, textOf, type Json } from './foreign-values.js';

type ApiInput = WidgetValue | readonly [id: NodeId, slot: number] | Json | readonly unknown[];

/** One node of the API form. */
export interface ApiNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, ApiInput>>;
  readonly _meta: { readonly title: string };
}

/**
 * A document in the API form of ComfyUI, `{id: {class_type, inputs, _meta}}`: what would run, and nothing of how it is
 * drawn. Subgraphs are expanded (`7/3` is node 3 inside node 7), muted nodes are left out, links lead through
 * bypassed ones; widgets that the document does not store have their defaults.
 */
export function exportApi(
  document: GraphDocument,
  registry: NodeRegistry,
): Readonly<Record<NodeId, ApiNode>> {
  const wiring = wiringOf(flatten(document), registry);
  const entries = Object.entries(wiring.nodes).flatMap(([id, { type, title, mode, foreign }]) => {
    if (mode !== undefined) return [];
    const displayName = wiring.registry.get(type)?.displayName;
    const { inputs: kept, _meta: meta, ...data } = apiPart(foreign?.data);
    const said = textOf(data['class_type'] ?? jsonOf(foreign?.data)['type']) ?? '';
    const node: ApiNode = {
      ...data,
      class_type: own(namesHere, said) === type ? said : type,
      inputs: { ...unreadInputs(kept), ...inputsOf(wiring, id) },
      _meta: { ...jsonOf(meta), title: title ?? displayName ?? type },
    };
    return [[id, node] as const];
  });
  return Object.fromEntries(entries);
}

/** What a file in this form held of a node; nothing of a node that came in another one. */
function apiPart(data: unknown): Json {
  return 'class_type' in jsonOf(data) ? jsonOf(data) : {};
}

/** The inputs that a document has no place for: neither values of widgets nor links. */
function unreadInputs(inputs: unknown): Readonly<Record<string, Json | readonly unknown[]>> {
  const unread: Record<string, Json | readonly unknown[]> = {};
  for (const [name, value] of Object.entries(jsonOf(inputs))) {
    if (isJson(value) || (Array.isArray(value) && !isLinkLike(value))) unread[name] = value;
  }
  return unread;
}

function isLinkLike(list: readonly unknown[]): boolean {
  return list.length === 2 && idOf(list[0]) !== undefined && Number.isInteger(list[1]);
}

function inputsOf(wiring: Wiring, id: NodeId): ApiNode['inputs'] {
  const stored = own(wiring.nodes, id)?.inputs ?? {};
  const specs = wiring.sockets(id)?.inputs ?? {};
  const defaults = Object.entries(specs).flatMap(([name, spec]) =>
    isWidget(spec) && own(stored, name) === undefined ? [[name, spec.default] as const] : [],
  );
  const given = Object.entries(stored).flatMap(([name, value]): [string, ApiInput][] => {
    if (!isLink(value)) return [[name, value]];
    const link = apiLink(wiring, id, name, value.link);
    return link ? [[name, link]] : [];
  });
  return Object.fromEntries([...defaults, ...given]);
}

/** The node and slot that an input is fed by; undefined when that node does not run. */
function apiLink(
  wiring: Wiring,
  id: NodeId,
  input: string,
  [from, name]: readonly [NodeId, string],
): readonly [NodeId, number] | undefined {
  const source = wiring.source(id, input);
  const [node, output] = source.kind === 'link' ? [source.node, source.output] : [from, name];
  const record = own(wiring.nodes, node);
  if (!record || record.mode !== undefined) return undefined;
  const sockets = wiring.sockets(node);
  const names = sockets
    ? Object.keys(sockets.outputs)
    : (record.foreign?.outputs ?? []).map(([each]) => each);
  const slot = names.indexOf(output);
  return slot < 0 ? undefined : [node, slot];
}
