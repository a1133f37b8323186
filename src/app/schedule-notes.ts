import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { isLink } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { expandEntries, type LaneEntry } from '../diffusion/schedule-lanes.js';
import { foreignSources, sourceInputs, sourcesOfMaskSet } from '../diffusion/schedule-sources.js';
import type { ForeignSource } from '../diffusion/sockets.js';
import { texts } from '../texts/texts.js';
import type { TimelineLane } from '../ui/timeline-model.js';
import { zoneTimesteps } from './zone-timesteps.js';

/** What is odd about the entries of a lane: ranges of one entry that overlap, and entries that later ones cover. */
export function overlapNotes(
  lane: readonly LaneEntry<string | boolean>[],
  total: number,
  text: string,
): readonly string[] {
  const entries = text.split(';').map((entry) => entry.trim());
  const winners = new Set(
    expandEntries(
      lane.map(({ ranges }, i) => ({ value: i, ranges })),
      total,
      -1,
    ),
  );
  const notes: string[] = [];
  lane.forEach(({ ranges }, i) => {
    const named = entries[i] ?? '';
    const counts = new Uint8Array(total);
    let isTwice = false;
    for (const { first, last, every } of ranges) {
      for (let pass = first; pass <= Math.min(last, total - 1); pass += every) {
        isTwice ||= counts[pass] === 1;
        counts[pass] = 1;
      }
    }
    const isReached = ranges.length === 0 || ranges.some(({ first }) => first < total);
    if (isTwice) notes.push(texts().timeline.overlap(named));
    else if (isReached && !winners.has(i)) notes.push(texts().timeline.covered(named));
  });
  return notes;
}

/** What is connected to the steps that read a schedule. */
export interface ConnectedSources {
  readonly references: ReadonlySet<ForeignSource>;
  readonly masks: ReadonlySet<ForeignSource>;
}

/** What is connected to the steps that a schedule feeds; undefined when it feeds none. */
export function connectedTo(
  document: GraphDocument,
  schedule: NodeId,
): ConnectedSources | undefined {
  const steps = Object.values(document.nodes).filter(
    ({ type, inputs }) =>
      type === 'CrossImageUNetStep' &&
      isLink(inputs['schedule']) &&
      inputs['schedule'].link[0] === schedule,
  );
  if (steps.length === 0) return undefined;
  const having = (end: 'reference' | 'mask') =>
    new Set(
      foreignSources.filter((source) =>
        steps.every(({ inputs }) => isLink(inputs[sourceInputs[source][end]])),
      ),
    );
  return { references: having('reference'), masks: having('mask') };
}

/** That the loops which read a schedule have another number of passes than it, which stops a run. */
export function axisNotes(
  document: GraphDocument,
  registry: NodeRegistry,
  schedule: NodeId,
  total: number,
): readonly string[] {
  const { zoneOf } = wiringOf(document, registry).zones;
  const others = Object.entries(document.nodes).flatMap(([id, { inputs }]) => {
    const reads = Object.values(inputs).some((one) => isLink(one) && one.link[0] === schedule);
    const zone = reads ? zoneOf.get(id) : undefined;
    const passes = zone && zoneTimesteps(document, registry, zone.start)?.length;
    return passes === undefined || passes === total ? [] : [passes];
  });
  return [...new Set(others)].map((passes) => texts().timeline.otherAxis(passes, total));
}

/** What a lane names that is not connected. */
export function connectionNotes(
  lane: TimelineLane,
  connected: ConnectedSources,
): readonly string[] {
  const { timeline } = texts();
  const isNamed = (source: ForeignSource): boolean =>
    lane.kind === 'source'
      ? lane.cells.includes(source)
      : lane.cells.some(
          (set) =>
            typeof set === 'string' && set !== 'all' && sourcesOfMaskSet(set).includes(source),
        );
  if (lane.kind === 'number') return [];
  const [end, say] =
    lane.kind === 'source'
      ? (['reference', timeline.notConnected] as const)
      : (['mask', timeline.noMask] as const);
  const there = lane.kind === 'source' ? connected.references : connected.masks;
  return foreignSources
    .filter((source) => isNamed(source) && !there.has(source))
    .map((source) => say(timeline.sourceWords[source], sourceInputs[source][end]));
}
