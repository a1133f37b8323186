import type { NodeRegistry } from '../node/registry.js';
import { changeNodes, withOptional } from './edits.js';
import { mergeSubgraphs, rekeyed } from './merge-subgraphs.js';
import { nodeName } from './node-name.js';
import { own } from './own.js';
import type { PublishedSubgraph } from './publish.js';
import { subgraphKey } from './subgraph-registry.js';
import { withoutUnused } from './subgraph-unpack.js';
import {
  isLink,
  type GraphDocument,
  type Link,
  type NodeId,
  type NodeRecord,
  type Subgraph,
  type WidgetValue,
} from './types.js';
import { widgetMistake } from './widget-values.js';
import { isAssignable, isWidget, wiringOf, type Wiring } from './wiring.js';

/** Something of an instance that its newer subgraph has no place for. */
export interface LostPart {
  readonly kind: 'link-in' | 'link-out' | 'value';
  /** The node that lost it, as messages call it. */
  readonly node: string;
  /** The input or output of that node. */
  readonly name: string;
}

/** A document whose instances follow newer subgraphs. */
export interface UpdatedInstances {
  readonly document: GraphDocument;
  /** How many nodes are instances of what was updated, at all levels. */
  readonly count: number;
  /** What could not be kept. */
  readonly lost: readonly LostPart[];
}

/**
 * Puts newer definitions in the place of subgraphs, given by the keys of the old ones, for every instance at every
 * level. Links and values stay where name and type still fit; the rest goes and is told.
 */
export function updateInstances(
  document: GraphDocument,
  registry: NodeRegistry,
  newer: ReadonlyMap<string, PublishedSubgraph>,
): UpdatedInstances {
  let table: Readonly<Record<string, Subgraph>> = { ...document.subgraphs };
  const keys = new Map<string, string>();
  for (const [key, published] of newer) {
    const merged = mergeSubgraphs(table, published.subgraphs);
    table = merged.subgraphs;
    keys.set(key, merged.keys.get(published.key) ?? published.key);
  }
  const level: Level = { document, registry, keys, table, lost: [], count: 0 };
  const inner = Object.entries(table).map(([key, subgraph]) => {
    if (keys.has(key)) return [key, subgraph] as const;
    return [key, updatedSubgraph(level, subgraph)] as const;
  });
  const nodes = updatedNodes(level, document.nodes);
  const updated = { ...document, nodes, subgraphs: Object.fromEntries(inner) };
  const cleared = [...keys.keys()].reduce(withoutOld, updated);
  return { document: cleared, count: level.count, lost: level.lost };
}

/** What the levels of a document are updated with; what happens is noted in `lost` and `count`. */
interface Level {
  readonly document: GraphDocument;
  readonly registry: NodeRegistry;
  /** The new keys by the old ones. */
  readonly keys: ReadonlyMap<string, string>;
  /** The definitions, old and new. */
  readonly table: Readonly<Record<string, Subgraph>>;
  readonly lost: LostPart[];
  count: number;
}

type Nodes = GraphDocument['nodes'];

/** The wiring of nodes before and after their instances have other definitions. */
function wirings(level: Level, nodes: Nodes): readonly [before: Wiring, after: Wiring] {
  const { document, registry, keys, table } = level;
  const at = { ...document, nodes, subgraphs: table };
  const after = changeNodes(at, Object.keys(nodes), (record) => rekeyed(record, keys));
  return [wiringOf(at, registry), wiringOf(after, registry)];
}

/** Tells which nodes are instances of what is updated. */
function isUpdated({ keys }: Level, nodes: Nodes): (id: NodeId) => boolean {
  return (id) => keys.has(subgraphKey(own(nodes, id)?.type ?? '') ?? '');
}

function updatedNodes(level: Level, nodes: Nodes): Nodes {
  const [before, after] = wirings(level, nodes);
  const isNew = isUpdated(level, nodes);
  const entries = Object.entries(after.nodes).map(([id, record]): [NodeId, NodeRecord] => {
    if (isNew(id)) level.count += 1;
    const inputs = Object.entries(record.inputs).flatMap(([input, stored]): [string, Stored][] => {
      if (isLink(stored) ? fitsLink(after, isNew, id, input, stored) : !isNew(id)) {
        return [[input, stored]];
      }
      const kept = isLink(stored)
        ? restOfLink(level, before, isNew(id), id, input, stored)
        : restOfValue(level, [before, after], id, input, stored);
      return kept === undefined ? [] : [[input, kept]];
    });
    return [id, { ...record, inputs: Object.fromEntries(inputs) }];
  });
  return Object.fromEntries(entries);
}

type Stored = NodeRecord['inputs'][string];

/** Whether a link has both ends still, of types that go together; one between other nodes is not looked at. */
function fitsLink(
  after: Wiring,
  isNew: (id: NodeId) => boolean,
  id: NodeId,
  input: string,
  { link: [giver, output] }: Link,
): boolean {
  if (!isNew(id) && !isNew(giver)) return true;
  const given = typeOfOutput(after, giver, output);
  const spec = own(after.sockets(id)?.inputs ?? {}, input);
  if ((isNew(giver) && given === undefined) || (isNew(id) && spec === undefined)) return false;
  return given === undefined || spec === undefined || isAssignable(given, spec.type);
}

/** Notes that a link is gone; what another node's widget has in its place. */
function restOfLink(
  level: Level,
  before: Wiring,
  isIntoNew: boolean,
  id: NodeId,
  input: string,
  { link: [giver, output] }: Link,
): Stored | undefined {
  if (isIntoNew) {
    note(level, before, 'link-in', id, input);
    return undefined;
  }
  note(level, before, 'link-out', giver, output);
  const spec = own(before.sockets(id)?.inputs ?? {}, input);
  return spec && isWidget(spec) ? spec.default : undefined;
}

/** The value of an updated instance where there is a widget for it; what was never changed is not missed. */
function restOfValue(
  level: Level,
  [before, after]: readonly [Wiring, Wiring],
  id: NodeId,
  input: string,
  value: WidgetValue,
): Stored | undefined {
  const spec = own(after.sockets(id)?.inputs ?? {}, input);
  if (spec && isWidget(spec) && widgetMistake(spec, value) === undefined) return value;
  const old = own(before.sockets(id)?.inputs ?? {}, input);
  if (!old || !isWidget(old) || old.default !== value) note(level, before, 'value', id, input);
  return undefined;
}

function typeOfOutput(wiring: Wiring, node: NodeId, output: string): string | undefined {
  return own(wiring.sockets(node)?.outputs ?? {}, output)?.type;
}

function note(level: Level, at: Wiring, kind: LostPart['kind'], id: NodeId, name: string): void {
  level.lost.push({ kind, node: nodeName(at.nodes, at.registry, id), name });
}

/** A definition that has instances inside: its own sockets let go of what these have no longer. */
function updatedSubgraph(level: Level, subgraph: Subgraph): Subgraph {
  const { nodes } = subgraph;
  const isOld = isUpdated(level, nodes);
  if (!Object.keys(nodes).some(isOld)) return subgraph;
  const [before, after] = wirings(level, nodes);
  const inputs = Object.entries(subgraph.inputs).map(([name, socket]) => {
    const to = socket.to.filter(([node, input]) => {
      const spec = own(after.sockets(node)?.inputs ?? {}, input);
      const isKept = !isOld(node) || (spec && isAssignable(socket.type, spec.type)) === true;
      if (!isKept) note(level, before, 'link-in', node, input);
      return isKept;
    });
    return [name, { ...socket, to }] as const;
  });
  const outputs = Object.entries(subgraph.outputs).map(([name, socket]) => {
    const [node, output] = socket.from ?? [];
    if (node === undefined || output === undefined || !isOld(node)) return [name, socket] as const;
    const type = typeOfOutput(after, node, output);
    if (type !== undefined && isAssignable(type, socket.type)) return [name, socket] as const;
    note(level, before, 'link-out', node, output);
    return [name, withOptional(socket, 'from', undefined)] as const;
  });
  return {
    ...subgraph,
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    nodes: updatedNodes(level, nodes),
  };
}

/** Without an old definition, and without what it alone contained. */
function withoutOld(document: GraphDocument, key: string): GraphDocument {
  const subgraph = own(document.subgraphs ?? {}, key);
  const left = withoutUnused(document, key);
  if (!subgraph || left === document) return document;
  const inside = new Set(
    Object.values(subgraph.nodes).flatMap(({ type }) => subgraphKey(type) ?? []),
  );
  return [...inside].reduce(withoutOld, left);
}
