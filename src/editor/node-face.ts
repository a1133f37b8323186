import { texts } from '../texts/texts.js';
import type { AnyNodeDefinition, WidgetSpec } from '../core/node/definition.js';
import { shownTitle } from '../core/graph/node-name.js';
import { own } from '../core/graph/own.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeRecord,
  type WidgetValue,
} from '../core/graph/types.js';
import { isWidget, type NodeSockets, type Wiring } from '../core/graph/wiring.js';

/** A socket as it is drawn. */
export interface FaceSlot {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly tooltip: string;
  readonly isLinked: boolean;
}

/** A widget as it is drawn; a linked one shows where its value comes from instead. */
export interface FaceWidget {
  readonly name: string;
  readonly spec: WidgetSpec;
  readonly value: WidgetValue;
  readonly isLinked: boolean;
}

/** Everything of a node that its picture on the canvas depends on, layout and run state aside. */
export interface NodeFace {
  readonly id: NodeId;
  readonly type: string;
  readonly title: string;
  readonly category: string;
  readonly mode: 'mute' | 'bypass' | undefined;
  readonly isMissing: boolean;
  readonly zone: 'start' | 'end' | undefined;
  /** On the start of a zone: everything it carries from pass to pass, name to socket type. */
  readonly carried: Readonly<Record<string, string>>;
  /** Where a blank socket asks for a further value: of a zone's boundary, or of a subgraph's. */
  readonly blank: 'input' | 'output' | undefined;
  /** Holds a graph that can be entered. */
  readonly isSubgraph: boolean;
  readonly inputs: readonly FaceSlot[];
  readonly widgets: readonly FaceWidget[];
  readonly outputs: readonly FaceSlot[];
  readonly presets: AnyNodeDefinition['presets'];
  /** Name of the preset that the values equal. */
  readonly preset: string | undefined;
  /** Has a place for pictures: it loads one by name, or shows results. */
  readonly showsPictures: boolean;
}

/** The face of one node of a document; undefined when there is no such node. */
export function faceOf(document: GraphDocument, id: NodeId, wiring: Wiring): NodeFace | undefined {
  const record = own(document.nodes, id);
  if (!record) return undefined;
  const definition = wiring.registry.get(record.type);
  const sockets = wiring.sockets(id);
  if (!definition || !sockets) return missingFace(document, id);
  const specs = Object.entries(sockets.inputs);
  const widgets = specs.flatMap(([name, spec]) =>
    isWidget(spec) ? [widgetFace(name, spec, record.inputs[name])] : [],
  );
  return {
    id,
    type: record.type,
    title: shownTitle(record.title ?? definition.displayName),
    category: definition.category,
    mode: record.mode,
    isMissing: false,
    zone: definition.zone?.kind,
    carried: definition.zone?.kind === 'start' ? carriedOf(definition, record, sockets) : {},
    blank: definition.zone ? 'input' : blankOf(record.type),
    isSubgraph: record.type.startsWith('subgraph:'),
    inputs: specs.flatMap(([name, spec]) =>
      isWidget(spec)
        ? []
        : [slot(name, spec.type, spec.tooltip, spec.optional, isLink(record.inputs[name]))],
    ),
    widgets,
    outputs: Object.entries(sockets.outputs).map(([name, spec]) =>
      slot(name, spec.type, spec.tooltip, undefined, false),
    ),
    presets: definition.presets,
    preset: matchingPreset(definition.presets, widgets),
    showsPictures:
      definition.outputNode === true ||
      widgets.some(({ spec }) => spec.type === 'COMBO' && spec.source === 'pictures'),
  };
}

function carriedOf(
  definition: AnyNodeDefinition,
  record: NodeRecord,
  sockets: NodeSockets,
): Readonly<Record<string, string>> {
  const own = (definition.zone?.carries ?? []).map(
    (name) => [name, sockets.outputs[name]?.type ?? '*'] as const,
  );
  const always: Record<string, string> = Object.fromEntries(own);
  return { ...always, ...record.carried };
}

/** The nodes that stand for a subgraph's own inputs and outputs, seen from within. */
function blankOf(type: string): 'input' | 'output' | undefined {
  if (type === 'SubgraphInputs') return 'output';
  return type === 'SubgraphOutputs' ? 'input' : undefined;
}

function slot(
  name: string,
  type: string,
  tooltip: string,
  isOptional: true | undefined,
  isLinked: boolean,
): FaceSlot {
  return { name, type, tooltip, isOptional: isOptional ?? false, isLinked };
}

function widgetFace(name: string, spec: WidgetSpec, stored: unknown): FaceWidget {
  const isValue =
    typeof stored === 'number' || typeof stored === 'string' || typeof stored === 'boolean';
  return { name, spec, value: isValue ? stored : spec.default, isLinked: isLink(stored) };
}

const readOf = new WeakMap<GraphDocument['nodes'], ReadonlyMap<NodeId, ReadonlySet<string>>>();

/** The outputs that links speak of, by node; found once for a document, however many of its nodes are unknown. */
function outputsRead({ nodes }: GraphDocument): ReadonlyMap<NodeId, ReadonlySet<string>> {
  const known = readOf.get(nodes);
  if (known) return known;
  const found = new Map<NodeId, Set<string>>();
  for (const { inputs } of Object.values(nodes)) {
    for (const value of Object.values(inputs)) {
      if (!isLink(value)) continue;
      const [node, output] = value.link;
      const read = found.get(node) ?? new Set();
      found.set(node, read.add(output));
    }
  }
  readOf.set(nodes, found);
  return found;
}

/** A node whose type is not known shows the sockets that the document's links speak of. */
function missingFace(document: GraphDocument, id: NodeId): NodeFace | undefined {
  const record = own(document.nodes, id);
  if (!record) return undefined;
  const read = outputsRead(document).get(id) ?? [];
  const tooltip = texts().canvas.missing.tooltip;
  return {
    id,
    type: record.type,
    title: shownTitle(record.title ?? record.type),
    category: 'missing',
    mode: record.mode,
    isMissing: true,
    zone: undefined,
    carried: {},
    blank: undefined,
    isSubgraph: false,
    inputs: Object.entries(record.inputs).flatMap(([name, value]) =>
      isLink(value) ? [slot(name, '*', tooltip, undefined, true)] : [],
    ),
    widgets: [],
    outputs: [...read].sort().map((name) => slot(name, '*', tooltip, undefined, true)),
    presets: undefined,
    preset: undefined,
    showsPictures: false,
  };
}

function matchingPreset(
  presets: AnyNodeDefinition['presets'],
  widgets: readonly FaceWidget[],
): string | undefined {
  const values = new Map(widgets.map(({ name, value }) => [name, value]));
  return Object.entries(presets ?? {}).find(([, preset]) =>
    Object.entries(preset).every(([name, value]) => values.get(name) === value),
  )?.[0];
}
