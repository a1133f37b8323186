import type { NodeRegistry } from '../node/registry.js';
import { adjacencyOf, nodesInCycles, reachable, type Adjacency } from './links.js';
import { nodeName } from './node-name.js';
import type { Problem, ProblemCode } from './problems.js';
import type { GraphDocument, NodeId } from './types.js';

/** A loop on the canvas: a start, its end, and the nodes that run once a pass. */
export interface Zone {
  readonly start: NodeId;
  readonly end: NodeId;
  /** Nodes on a way from start to end, those of nested zones included; start and end are not in it. */
  readonly body: ReadonlySet<NodeId>;
  /** Nodes fed by the body that do not reach the end: they too run once a pass, when an output node needs them. */
  readonly side: ReadonlySet<NodeId>;
  /** The innermost zone around this one. */
  readonly parent: Zone | undefined;
}

/** The zones of a document and the mistakes in them. */
export interface ZoneReport {
  /** Outer zones before the zones inside them. */
  readonly zones: readonly Zone[];
  /** The innermost zone whose passes a node runs in; a start and an end run in the zone around theirs. */
  readonly zoneOf: ReadonlyMap<NodeId, Zone>;
  /** The zone that a start or an end belongs to. */
  readonly byBoundary: ReadonlyMap<NodeId, Zone>;
  readonly problems: readonly Problem[];
}

type OpenZone = { -readonly [Key in keyof Zone]: Zone[Key] };

/**
 * Pairs every end with the closest free start above it, innermost first, and computes the bodies. Mistakes
 * come back as problems on the nodes concerned; zones that have none can run beside those that have.
 */
export function findZones(nodes: GraphDocument['nodes'], registry: NodeRegistry): ZoneReport {
  const roleOf = (id: NodeId) => registry.get(nodes[id]?.type ?? '')?.zone?.kind;
  const ids = Object.keys(nodes);
  const starts = ids.filter((id) => roleOf(id) === 'start');
  const ends = ids.filter((id) => roleOf(id) === 'end');
  if (starts.length + ends.length === 0) {
    return { zones: [], zoneOf: new Map(), byBoundary: new Map(), problems: [] };
  }
  const adjacency = adjacencyOf(nodes);
  const problems: Problem[] = [];
  const report = (code: ProblemCode, nodeId: NodeId, text: string) =>
    problems.push({ code, nodeId, message: `${nodeName(nodes, registry, nodeId)} ${text}` });
  const pairs = pairZones(starts, ends, adjacency, report);
  const zones = pairs.map(({ start, end }) => bodyOf(start, end, adjacency));
  nest(zones);
  const byBoundary = new Map<NodeId, Zone>();
  for (const zone of zones) byBoundary.set(zone.start, zone).set(zone.end, zone);
  reportEscapes(zones, byBoundary, adjacency, roleOf, report);
  zones.sort((a, b) => depthOf(a) - depthOf(b));
  const zoneOf = new Map<NodeId, Zone>();
  for (const zone of zones) {
    for (const id of zone.body) zoneOf.set(id, zone);
    for (const id of zone.side) zoneOf.set(id, zone);
  }
  return { zones, zoneOf, byBoundary, problems };
}

type Report = (code: ProblemCode, nodeId: NodeId, text: string) => void;

function pairZones(
  starts: readonly NodeId[],
  ends: readonly NodeId[],
  adjacency: Adjacency,
  report: Report,
): { readonly start: NodeId; readonly end: NodeId }[] {
  const above = new Map(ends.map((end) => [end, reachable(end, adjacency.suppliers)]));
  const pairs: { start: NodeId; end: NodeId }[] = [];
  const freeStarts = new Set(starts);
  const openEnds = new Set(ends);
  while (openEnds.size > 0) {
    const end = [...openEnds].find(
      (id) => ![...openEnds].some((other) => above.get(id)?.has(other)),
    );
    if (end === undefined) break;
    openEnds.delete(end);
    const candidates = [...freeStarts].filter((start) => above.get(end)?.has(start));
    const start = closest(candidates, adjacency);
    if (start !== undefined) {
      freeStarts.delete(start);
      pairs.push({ start, end });
    } else if (candidates.length > 0) {
      report(
        'zone/ambiguous-nesting',
        end,
        'could close several zones, none of them inside the others. Chain the starts, or give each its own end.',
      );
    } else {
      report(
        'zone/end-without-start',
        end,
        'closes a zone that nothing opens. Connect it to what a Denoise Start feeds, or delete it.',
      );
    }
  }
  for (const end of openEnds) {
    report(
      'zone/end-cycle',
      end,
      'depends on itself through another end, so neither zone is the inner one. Remove a link of the circle.',
    );
  }
  for (const start of freeStarts) {
    report(
      'zone/start-without-end',
      start,
      'opens a zone that nothing closes. Lead its values to a Denoise End, or delete it.',
    );
  }
  return pairs;
}

/** The one candidate that has no other candidate below it. */
function closest(candidates: readonly NodeId[], { consumers }: Adjacency): NodeId | undefined {
  if (candidates.length < 2) return candidates[0];
  const lowest = candidates.filter((start) => {
    const below = reachable(start, consumers);
    return !candidates.some((other) => other !== start && below.has(other));
  });
  return lowest.length === 1 ? lowest[0] : undefined;
}

function bodyOf(start: NodeId, end: NodeId, { suppliers, consumers }: Adjacency): OpenZone {
  const fed = reachable(start, consumers, end);
  const above = reachable(end, suppliers, start);
  const body = new Set<NodeId>();
  const side = new Set<NodeId>();
  for (const id of fed) (above.has(id) ? body : side).add(id);
  return { start, end, body, side, parent: undefined };
}

function holds(zone: Zone, id: NodeId): boolean {
  return zone.body.has(id) || zone.side.has(id);
}

function depthOf(zone: Zone): number {
  let depth = 0;
  for (let outer = zone.parent; outer !== undefined; outer = outer.parent) depth += 1;
  return depth;
}

/** Gives every zone the smallest zone that holds its start as its parent. */
function nest(zones: readonly OpenZone[]): void {
  const size = (zone: Zone) => zone.body.size + zone.side.size;
  for (const zone of zones) {
    for (const outer of zones) {
      if (outer === zone || !holds(outer, zone.start) || holds(zone, outer.start)) continue;
      if (zone.parent === undefined || size(outer) < size(zone.parent)) zone.parent = outer;
    }
  }
}

function isInside(zone: Zone, outer: Zone): boolean {
  for (let at: Zone | undefined = zone; at !== undefined; at = at.parent) {
    if (at === outer) return true;
  }
  return false;
}

function reportEscapes(
  zones: readonly Zone[],
  byBoundary: ReadonlyMap<NodeId, Zone>,
  adjacency: Adjacency,
  roleOf: (id: NodeId) => 'start' | 'end' | undefined,
  report: Report,
): void {
  const text =
    'takes a value from inside a zone to something outside it. Lead the value through the Denoise End, or end the branch in an output node.';
  const cycles = nodesInCycles(adjacency);
  const sideOf = new Map<NodeId, Zone>();
  for (const zone of zones) {
    const after = reachable(zone.end, adjacency.consumers);
    for (const id of zone.side) {
      if (cycles.has(id)) continue;
      const earlier = sideOf.get(id);
      const other = roleOf(id) === 'end' ? byBoundary.get(id) : undefined;
      const leaves =
        after.has(id) ||
        (other !== undefined && !holds(zone, other.start)) ||
        (earlier !== undefined && !isInside(earlier, zone) && !isInside(zone, earlier));
      if (leaves) report('zone/escape', id, text);
      sideOf.set(id, zone);
    }
  }
}
