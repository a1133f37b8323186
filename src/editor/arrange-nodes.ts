import { graphlib, layout } from '@dagrejs/dagre';
import { linksInto } from '../core/graph/links.js';
import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { Point } from './intents.js';
import { gridStep } from './canvas-options.js';

const title = 30;
/** Room for a zone's header and margin, and for the notes under nodes. */
const gaps = { columns: 88, rows: 56 };

/**
 * Places for nodes, from left to right in the direction of their links, zones kept together; the upper left corner
 * stays where it was. Pinned nodes are left out: they stay. `sizes` are those of the bodies, titles aside.
 */
export function arrangeNodes(
  document: GraphDocument,
  registry: NodeRegistry,
  ids: readonly NodeId[],
  sizes: ReadonlyMap<NodeId, Point>,
): ReadonlyMap<NodeId, Point> {
  const free = ids.filter((id) => own(document.layout.nodes, id)?.pinned !== true);
  const chosen = new Set(free);
  const graph = new graphlib.Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: gaps.columns, nodesep: gaps.rows });
  for (const id of free) {
    const [width, height] = sizes.get(id) ?? [240, 120];
    graph.setNode(id, { width, height: height + title });
  }
  for (const id of free) {
    const record = own(document.nodes, id);
    if (!record) continue;
    for (const { node, input } of linksInto(record)) {
      if (chosen.has(node)) graph.setEdge(node, id, {}, input);
    }
  }
  keepZones(graph, wiringOf(document, registry).zones.zones, chosen);
  layout(graph);
  return placed(document, graph, free);
}

type Zones = ReturnType<typeof wiringOf>['zones']['zones'];

/** A zone's nodes become one cluster, inside that of the zone around it. */
function keepZones(graph: graphlib.Graph, zones: Zones, chosen: ReadonlySet<NodeId>): void {
  const keyOf = (start: NodeId): string => `zone ${start}`;
  for (const zone of zones) {
    const inside = [zone.start, zone.end, ...zone.body, ...zone.side].filter((id) =>
      chosen.has(id),
    );
    if (inside.length === 0) continue;
    const key = keyOf(zone.start);
    graph.setNode(key, {});
    if (zone.parent && graph.hasNode(keyOf(zone.parent.start))) {
      graph.setParent(key, keyOf(zone.parent.start));
    }
    // Outer zones come first: an inner zone takes its nodes over.
    for (const id of inside) graph.setParent(id, key);
  }
}

/** From the centres that the layout gives to the corners that the document keeps. */
function placed(
  document: GraphDocument,
  graph: graphlib.Graph,
  ids: readonly NodeId[],
): ReadonlyMap<NodeId, Point> {
  const corners = ids.flatMap((id) => {
    const box = graph.node(id);
    return [[id, [box.x - box.width / 2, box.y - box.height / 2 + title]] as const];
  });
  const before = ids.flatMap((id) => {
    const place = own(document.layout.nodes, id);
    return place ? [place.pos] : [];
  });
  const offset = (axis: 0 | 1): number =>
    Math.min(...before.map((pos) => pos[axis])) - Math.min(...corners.map(([, at]) => at[axis]));
  const [dx, dy] = before.length > 0 ? [offset(0), offset(1)] : [0, 0];
  const snap = (value: number): number => Math.round(value / (gridStep / 2)) * (gridStep / 2);
  return new Map(corners.map(([id, [x, y]]) => [id, [snap(x + dx), snap(y + dy)]]));
}
