import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { createNoiseSchedule, stableDiffusionScheduler } from '../diffusion/noise-schedule.js';
import { timestepsOf } from '../diffusion/step-axis.js';

const remembered = new WeakMap<
  GraphDocument['nodes'],
  Map<NodeId, readonly number[] | undefined>
>();
const noise = createNoiseSchedule(stableDiffusionScheduler);

/**
 * The diffusion timesteps of all passes that a zone could have, noisiest first, as the inversion that its start is
 * linked to has them; undefined when its steps are not plain numbers there. Remembered for each document's nodes.
 */
export function zoneTimesteps(
  document: GraphDocument,
  registry: NodeRegistry,
  start: NodeId,
): readonly number[] | undefined {
  const known = remembered.get(document.nodes) ?? new Map<NodeId, readonly number[] | undefined>();
  remembered.set(document.nodes, known);
  if (!known.has(start)) known.set(start, findTimesteps(document, registry, start));
  return known.get(start);
}

function findTimesteps(
  document: GraphDocument,
  registry: NodeRegistry,
  start: NodeId,
): readonly number[] | undefined {
  const wiring = wiringOf(document, registry);
  const source = wiring.source(start, 'inversion');
  if (source.kind !== 'link') return undefined;
  const valueOf = (name: string): number | undefined => {
    const spec = own(wiring.sockets(source.node)?.inputs ?? {}, name);
    const stored = own(own(document.nodes, source.node)?.inputs ?? {}, name);
    const value = stored ?? (spec && 'default' in spec ? spec.default : undefined);
    return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
  };
  const [steps, skip] = [valueOf('steps'), valueOf('skip_steps')];
  if (steps === undefined || skip === undefined || steps < 1) return undefined;
  return timestepsOf(steps, noise).slice(skip);
}
