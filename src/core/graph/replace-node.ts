import type { NodeRegistry } from '../node/registry.js';
import { changeNodes } from './edits.js';
import type { EditResult } from './link-edits.js';
import { nodeName } from './node-name.js';
import { own } from './own.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeRecord,
  type WidgetValue,
} from './types.js';
import { widgetMistake } from './widget-values.js';
import { isAssignable, isWidget, wiringOf } from './wiring.js';

type Stored = NodeRecord['inputs'][string];

/**
 * Puts a node of another type in a node's place: links and values are kept by name, then by type in their order;
 * what the new node has no place for is dropped. Works on nodes of unknown type. Refused for an unknown `type`.
 */
export function replaceNode(
  document: GraphDocument,
  registry: NodeRegistry,
  id: NodeId,
  type: string,
): EditResult {
  const definition = wiringOf(document, registry).registry.get(type);
  const record = own(document.nodes, id);
  if (record === undefined) return { refused: `There is no node ${id}.` };
  if (definition === undefined) {
    const called = nodeName(document.nodes, registry, id);
    return { refused: `${called} cannot be replaced: the type ${type} is not known.` };
  }
  const { foreign: _foreign, carried: _carried, ...kept } = record;
  const fresh = { ...kept, type, version: definition.version, inputs: {} };
  const bare = changeNodes(document, [id], () => fresh);
  const inputs = takenOver(document, registry, record, wiringOf(bare, registry).sockets(id));
  return {
    document: relinkOutputs(
      changeNodes(bare, [id], (now) => ({ ...now, inputs })),
      document,
      registry,
      id,
    ),
  };
}

type Sockets = ReturnType<ReturnType<typeof wiringOf>['sockets']>;

function takenOver(
  document: GraphDocument,
  registry: NodeRegistry,
  { inputs: old }: NodeRecord,
  sockets: Sockets,
): NodeRecord['inputs'] {
  const inputs: Record<string, Stored> = {};
  const specs = Object.entries(sockets?.inputs ?? {});
  const left = new Map(Object.entries(old));
  for (const [name, spec] of specs) {
    const stored = left.get(name);
    const isFit = isLink(stored)
      ? fits(document, registry, stored.link, spec.type)
      : stored !== undefined && isWidget(spec) && widgetMistake(spec, stored) === undefined;
    if (stored !== undefined && isFit) {
      inputs[name] = stored;
      left.delete(name);
    }
  }
  for (const [name, spec] of specs) {
    if (own(inputs, name) !== undefined) continue;
    const found = [...left].find(
      ([, stored]) => isLink(stored) && typeOf(document, registry, stored.link) === spec.type,
    );
    if (found !== undefined) {
      inputs[name] = found[1];
      left.delete(found[0]);
    } else if (isWidget(spec)) inputs[name] = spec.default satisfies WidgetValue;
  }
  return inputs;
}

function typeOf(
  document: GraphDocument,
  registry: NodeRegistry,
  [node, output]: readonly [NodeId, string],
): string | undefined {
  return own(wiringOf(document, registry).sockets(node)?.outputs ?? {}, output)?.type;
}

/** Whether a link may stand where `wanted` is wanted; a source of unknown type is believed. */
function fits(
  document: GraphDocument,
  registry: NodeRegistry,
  link: readonly [NodeId, string],
  wanted: string,
): boolean {
  const type = typeOf(document, registry, link);
  return type === undefined || isAssignable(type, wanted);
}

/** Leads the links from the node's former outputs to outputs of the same name, else of the type that is wanted. */
function relinkOutputs(
  changed: GraphDocument,
  before: GraphDocument,
  registry: NodeRegistry,
  id: NodeId,
): GraphDocument {
  const wiring = wiringOf(changed, registry);
  const outputs = wiring.sockets(id)?.outputs ?? {};
  const foreign = new Map(own(before.nodes, id)?.foreign?.outputs ?? []);
  return changeNodes(changed, Object.keys(changed.nodes), (record, taker) => {
    const inputs = Object.entries(record.inputs).flatMap(([input, stored]) => {
      if (!isLink(stored) || stored.link[0] !== id || own(outputs, stored.link[1])) {
        return [[input, stored] as const];
      }
      const wanted =
        own(wiring.sockets(taker)?.inputs ?? {}, input)?.type ?? foreign.get(stored.link[1]) ?? '';
      const name = Object.keys(outputs).find((output) =>
        isAssignable(outputs[output]?.type ?? '', wanted),
      );
      return name === undefined ? [] : [[input, { ...stored, link: [id, name] as const }] as const];
    });
    const isSame =
      inputs.length === Object.keys(record.inputs).length &&
      inputs.every(([input, stored]) => own(record.inputs, input) === stored);
    return isSame ? record : { ...record, inputs: Object.fromEntries(inputs) };
  });
}
