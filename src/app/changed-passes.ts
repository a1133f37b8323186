import { flatten } from '../core/graph/flatten.js';
import { own } from '../core/graph/own.js';
import { isLink, type GraphDocument, type NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { readSchedule } from './schedule-reading.js';
import { isSameRecord } from './stale-nodes.js';
import { firstChange, scheduleType } from './timeline-view.js';

/**
 * The first pass that changes in each zone, by the flat id of its start, when two whole graphs differ in nothing but
 * what their schedules say of single passes; undefined when anything else differs, or when a schedule is read outside
 * the passes of a zone. A zone that no change reaches is absent.
 */
export function changedPasses(
  before: GraphDocument,
  after: GraphDocument,
  registry: NodeRegistry,
): ReadonlyMap<NodeId, number> | undefined {
  const [old, now] = [flatten(before), flatten(after)];
  const ids = Object.keys(now.nodes);
  if (ids.length !== Object.keys(old.nodes).length) return undefined;
  const changed = new Map<NodeId, number>();
  for (const id of ids) {
    const [was, is] = [own(old.nodes, id), own(now.nodes, id)];
    if (was === is || (is && isSameRecord(was, is))) continue;
    if (was?.type !== scheduleType || is?.type !== scheduleType) return undefined;
    const [then, next] = [readSchedule(was), readSchedule(is)];
    const pass = firstChange(then.steps, next.steps);
    if (then.steps.length !== next.steps.length) return undefined;
    if (pass === next.steps.length) continue;
    for (const start of zonesFed(now, id, registry)) {
      if (start === undefined) return undefined;
      changed.set(start, Math.min(pass, changed.get(start) ?? pass));
    }
  }
  return changed;
}

/** The start of the zone around each node that reads another; undefined for one outside every zone. */
function zonesFed(
  document: GraphDocument,
  source: NodeId,
  registry: NodeRegistry,
): readonly (NodeId | undefined)[] {
  const { zones } = wiringOf(document, registry);
  return Object.entries(document.nodes).flatMap(([id, { inputs }]) => {
    const reads = Object.values(inputs).some((input) => isLink(input) && input.link[0] === source);
    return reads ? [zones.zoneOf.get(id)?.start] : [];
  });
}
