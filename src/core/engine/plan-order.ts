import { assert } from '../errors.js';
import type { NodeId } from '../graph/types.js';
import type { Zone, ZoneReport } from '../graph/zones.js';
import type { EffectiveLinks } from './plan-reach.js';
import type { PlannedNode, PlannedUnit, PlannedZone } from './execution-plan.js';

/** A node, or a zone taken as one. */
type Unit = NodeId | Zone;

/**
 * Orders the needed nodes so that each comes after what feeds it, every zone as one unit with an order of its
 * own inside. Ready units go in the order of their ids in the document.
 */
export function orderUnits<Services>(
  needed: ReadonlySet<NodeId>,
  links: EffectiveLinks,
  zones: ZoneReport,
  planNode: (id: NodeId) => PlannedNode<Services> | undefined,
): readonly PlannedUnit<Services>[] {
  const levels = levelsOf(needed, links, zones);
  const nodeAt = (id: NodeId) => {
    const node = planNode(id);
    assert(node !== undefined, `node ${id} is planned but not defined`);
    return node;
  };
  const planLevel = (zone: Zone | undefined): readonly PlannedUnit<Services>[] =>
    inDegreeOrder(levels.units.get(zone) ?? new Set(), levels.after).map((unit) =>
      typeof unit === 'string' ? nodeAt(unit) : planZone(unit),
    );
  const planZone = (zone: Zone): PlannedZone<Services> => {
    const start = nodeAt(zone.start);
    const end = nodeAt(zone.end);
    const carries = start.definition.zone?.carries ?? [];
    const declared = new Set(Object.keys(start.definition.inputs));
    const added = start.links.flatMap(({ input }) => (declared.has(input) ? [] : [input]));
    return { kind: 'zone', start, end, carries, added, units: planLevel(zone) };
  };
  return planLevel(undefined);
}

interface Levels {
  /** The units directly inside a zone, or outside all zones. */
  readonly units: ReadonlyMap<Zone | undefined, ReadonlySet<Unit>>;
  /** The units of the same level that a unit feeds. */
  readonly after: ReadonlyMap<Unit, ReadonlySet<Unit>>;
}

function levelsOf(needed: ReadonlySet<NodeId>, links: EffectiveLinks, zones: ZoneReport): Levels {
  const units = new Map<Zone | undefined, Set<Unit>>();
  const after = new Map<Unit, Set<Unit>>();
  const paths = new Map<NodeId, readonly Unit[]>();
  for (const id of [...needed].sort((a, b) => Number(a) - Number(b))) {
    const path = pathOf(id, zones);
    paths.set(id, path);
    let level: Zone | undefined;
    for (const unit of path) {
      add(units, level, unit);
      if (typeof unit !== 'string') level = unit;
    }
  }
  for (const [id, path] of paths) {
    for (const { node } of links.into(id)) {
      const from = paths.get(node) ?? [];
      let depth = 0;
      while (from[depth] !== undefined && from[depth] === path[depth]) depth += 1;
      const [before, later] = [from[depth], path[depth]];
      // Between a zone's boundary and its inside there is no order to keep: the boundary frames the passes.
      if (before !== undefined && later !== undefined) add(after, before, later);
    }
  }
  return { units, after };
}

function add<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

/** The units around a node from the outermost zone inwards; a boundary stands for its zone. */
function pathOf(id: NodeId, zones: ZoneReport): readonly Unit[] {
  const own = zones.byBoundary.get(id);
  const path: Unit[] = [own ?? id];
  for (
    let zone = own?.parent ?? (own ? undefined : zones.zoneOf.get(id));
    zone;
    zone = zone.parent
  ) {
    path.unshift(zone);
  }
  return path;
}

function inDegreeOrder(
  units: ReadonlySet<Unit>,
  after: ReadonlyMap<Unit, ReadonlySet<Unit>>,
): readonly Unit[] {
  const waits = new Map<Unit, number>();
  for (const unit of units) {
    for (const next of after.get(unit) ?? []) waits.set(next, (waits.get(next) ?? 0) + 1);
  }
  const ordered = [...units].filter((unit) => !waits.has(unit));
  // The list grows while it is walked: what becomes ready is appended.
  for (const unit of ordered) {
    for (const next of after.get(unit) ?? []) {
      const count = (waits.get(next) ?? 0) - 1;
      waits.set(next, count);
      if (count === 0) ordered.push(next);
    }
  }
  assert(ordered.length === units.size, 'the links of a plan form a circle');
  return ordered;
}
