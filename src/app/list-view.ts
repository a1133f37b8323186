import { linksInto } from '../core/graph/links.js';
import { shownTitle } from '../core/graph/node-name.js';
import { own } from '../core/graph/own.js';
import { graphRegistry } from '../core/graph/subgraph-registry.js';
import { subgraphOf } from '../core/graph/subgraph-registry.js';
import { isLink, type GraphDocument, type NodeId } from '../core/graph/types.js';
import { isWidget, wiringOf } from '../core/graph/wiring.js';
import { findZones, type Zone } from '../core/graph/zones.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { statusText } from '../editor/draw-status.js';
import type { RunView } from '../editor/run-view.js';
import { texts } from '../texts/texts.js';
import type { ListItem } from '../ui/list-model.js';
import type { AppState } from './app-state.js';
import { widgetsOf } from './inspector-view.js';
import { titleOf } from './view-models.js';

/** The graph as lines: groups and zones as branches, in them the nodes from left to right, below each its sockets. */
export function listGraph(
  state: AppState,
  registry: NodeRegistry,
  run: RunView,
): readonly ListItem[] {
  const { document } = state;
  const nodeItem = (id: NodeId): ListItem => listNode(state, registry, run, id);
  const ids = readingOrder(document);
  const placed = new Set<NodeId>();
  const zones = findZones(document.nodes, registry).zones.filter(({ parent }) => !parent);
  const zoneItems = zones.map((zone) => {
    const members = membersOf(zone).filter((id) => !placed.has(id));
    for (const id of members) placed.add(id);
    const title = titleOf(document, registry, zone.start);
    const children = ids.filter((id) => members.includes(id)).map(nodeItem);
    return {
      first: zone.start,
      item: branch('zone', `zone ${zone.start}`, texts().list.zone(title), children, zone.start),
    };
  });
  const groupItems = document.layout.groups.flatMap((group, index) => {
    const inside = ids.filter((id) => !placed.has(id) && isInside(document, id, group.bounds));
    for (const id of inside) placed.add(id);
    const [first] = inside;
    if (first === undefined) return [];
    const title = texts().list.group(shownTitle(group.title));
    return [
      { first, item: branch('group', `group ${String(index)}`, title, inside.map(nodeItem)) },
    ];
  });
  const branches = new Map([...zoneItems, ...groupItems].map(({ first, item }) => [first, item]));
  return ids.flatMap((id) => {
    const above = branches.get(id);
    return [...(above ? [above] : []), ...(placed.has(id) ? [] : [nodeItem(id)])];
  });
}

function branch(
  kind: 'zone' | 'group',
  key: string,
  label: string,
  children: readonly ListItem[],
  node = '',
): ListItem {
  return {
    key,
    kind,
    label,
    detail: '',
    node,
    name: '',
    isSelected: false,
    isLinked: false,
    children,
  };
}

function membersOf(zone: Zone): readonly NodeId[] {
  return [zone.start, ...zone.body, zone.end];
}

function isInside(
  { layout }: GraphDocument,
  id: NodeId,
  [x, y, width, height]: readonly [number, number, number, number],
): boolean {
  const [left, top] = own(layout.nodes, id)?.pos ?? [0, 0];
  return left >= x && left < x + width && top >= y && top < y + height;
}

/** Left to right, top to bottom. */
function readingOrder({ nodes, layout }: GraphDocument): readonly NodeId[] {
  const place = (id: NodeId) => own(layout.nodes, id)?.pos ?? [0, 0];
  return Object.keys(nodes).sort((a, b) => {
    const [[ax, ay], [bx, by]] = [place(a), place(b)];
    return ax - bx || ay - by;
  });
}

function listNode(state: AppState, registry: NodeRegistry, run: RunView, id: NodeId): ListItem {
  const { document } = state;
  const words = texts().list;
  const record = document.nodes[id];
  const layout = own(document.layout.nodes, id);
  const view = run.node(id);
  const status = statusText(
    { mode: record?.mode, isMissing: !graphRegistry(document, registry).has(record?.type ?? '') },
    view.status,
  );
  const states = [
    status?.text ?? '',
    view.problems.length > 0 ? words.hasProblems : '',
    view.isOutdated === true ? words.outdated : '',
    layout?.collapsed ? words.collapsed : '',
    layout?.pinned ? words.pinned : '',
  ];
  return {
    key: id,
    kind: 'node',
    label: titleOf(document, registry, id),
    detail: states.filter((part) => part !== '').join(', '),
    node: id,
    name: '',
    isSelected: state.selection.includes(id),
    isLinked: false,
    children: [...partsOf(state, registry, run, id), ...insideOf(state, registry, id)],
  };
}

/** The nodes inside an instance of a subgraph, to be read; they are edited where it is entered. */
function insideOf({ document }: AppState, registry: NodeRegistry, id: NodeId): readonly ListItem[] {
  const subgraph = subgraphOf(document, own(document.nodes, id)?.type ?? '');
  if (!subgraph) return [];
  const inner = { ...document, nodes: subgraph.nodes, layout: subgraph.layout };
  const lines = readingOrder(inner).map((node) =>
    branch('group', `${id} inside ${node}`, titleOf(inner, registry, node), []),
  );
  return [branch('group', `${id} inside`, texts().list.inside(lines.length), lines)];
}

function partsOf(
  state: AppState,
  registry: NodeRegistry,
  run: RunView,
  id: NodeId,
): readonly ListItem[] {
  const { document } = state;
  const words = texts().list;
  const sockets = wiringOf(document, registry).sockets(id);
  const part = (kind: ListItem['kind'], name: string, detail: string): ListItem => ({
    key: `${id} ${kind} ${name}`,
    kind,
    label: name,
    detail,
    node: id,
    name,
    isSelected: false,
    isLinked: false,
    children: [],
  });
  const widgets = new Map(widgetsOf(state, registry, [id]).map((widget) => [widget.name, widget]));
  const inputs = Object.entries(sockets?.inputs ?? {}).map(([name, spec]): ListItem => {
    const stored = own(document.nodes[id]?.inputs ?? {}, name);
    const widget = widgets.get(name);
    if (isWidget(spec) && widget) {
      return { ...part('widget', name, shownTitle(String(widget.value ?? ''))), widget };
    }
    if (!isLink(stored)) return part('input', name, words.notConnected);
    const [giver, output] = stored.link;
    const from = words.from(titleOf(document, registry, giver), output);
    return { ...part('input', name, from), isLinked: true };
  });
  const takers = takersOf(document.nodes).get(id) ?? [];
  const outputs = Object.keys(sockets?.outputs ?? {}).map((name) => {
    const places = takers.flatMap((taker) =>
      taker.output === name ? [titleOf(document, registry, taker.node)] : [],
    );
    const detail = places.length > 0 ? words.to([...new Set(places)]) : words.notUsed;
    return part('output', name, detail);
  });
  const count = run.node(id).pictures.length;
  const pictures =
    count > 0
      ? [{ ...part('pictures', '', words.pictureCount(count)), label: words.pictures }]
      : [];
  return [...inputs, ...outputs, ...pictures];
}

type Takers = ReadonlyMap<NodeId, readonly { readonly output: string; readonly node: NodeId }[]>;

const remembered = new WeakMap<GraphDocument['nodes'], Takers>();

/** Who takes what from each node; worked out once for a document. */
function takersOf(nodes: GraphDocument['nodes']): Takers {
  const known = remembered.get(nodes);
  if (known) return known;
  const takers = new Map<NodeId, { output: string; node: NodeId }[]>();
  for (const [node, record] of Object.entries(nodes)) {
    for (const link of linksInto(record)) {
      const list = takers.get(link.node) ?? [];
      list.push({ output: link.output, node });
      takers.set(link.node, list);
    }
  }
  remembered.set(nodes, takers);
  return takers;
}
