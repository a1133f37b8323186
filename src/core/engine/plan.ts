import type { NodeRegistry } from '../node/registry.js';
import { flatTargets, flatten, problemsAt } from '../graph/flatten.js';
import { own } from '../graph/own.js';
import type { Problem } from '../graph/problems.js';
import type { GraphDocument, NodeId } from '../graph/types.js';
import { validate } from '../graph/validate.js';
import { isWidget, wiringOf, type Wiring } from '../graph/wiring.js';
import type { ExecutionPlan, PlannedNode, PlannedUnit } from './execution-plan.js';
import { orderUnits } from './plan-order.js';
import { closure, effectiveLinks, spread, type EffectiveLinks } from './plan-reach.js';

/**
 * Plans a run from its targets backwards: the given nodes, or every output node. Targets that a problem
 * stands above are left out, the others are planned. Subgraphs are expanded: their nodes have ids such as `7/3`.
 */
export function createPlan<Services>(
  document: GraphDocument,
  registry: NodeRegistry<Services>,
  targets?: readonly NodeId[],
): ExecutionPlan<Services> {
  const flat = flatten(document);
  const wiring = wiringOf(flat, registry);
  const found = validate(flat, registry);
  const links = effectiveLinks(wiring);
  const stopped = spread(stoppedSeeds(wiring), links, wiring.zones, (link) => !link.optional);
  const going = links.without(stopped);
  const faulty = found.flatMap(({ nodeId }) =>
    nodeId === undefined || stopped.has(nodeId) ? [] : [nodeId],
  );
  const broken = spread(faulty, going, wiring.zones, () => true);
  const wanted = wantedNodes(wiring, targets && flatTargets(document, targets)).filter(
    (id) => !stopped.has(id),
  );
  const pulled = new Set(wanted.filter((id) => !broken.has(id)));
  const needed = closure(pulled, going, wiring.zones);
  const concerned = closure(new Set(wanted), going, wiring.zones);
  const units = orderUnits(needed, going, wiring.zones, (id) =>
    planNode(id, wiring, registry, going),
  );
  return {
    units,
    nodes: units.flatMap(nodesOf),
    targets: pulled,
    problems: problemsAt(document, problemsOf(found, concerned, wanted.length > 0), []),
  };
}

function nodesOf<Services>(unit: PlannedUnit<Services>): readonly NodeId[] {
  if (unit.kind === 'node') return [unit.id];
  return [unit.start.id, ...unit.units.flatMap(nodesOf), unit.end.id];
}

function wantedNodes({ nodes, registry }: Wiring, targets?: readonly NodeId[]): readonly NodeId[] {
  const ids = targets ?? Object.keys(nodes);
  return ids.filter((id) => {
    const record = own(nodes, id);
    if (record === undefined || record.mode !== undefined) return false;
    return targets !== undefined || registry.get(record.type)?.outputNode === true;
  });
}

/** Muted nodes, and the ends of zones that are muted or bypassed: neither they nor what needs them runs. */
function stoppedSeeds({ nodes, registry }: Wiring): readonly NodeId[] {
  return Object.entries(nodes).flatMap(([id, { mode, type }]) =>
    mode === 'mute' || (mode === 'bypass' && registry.get(type)?.zone !== undefined) ? [id] : [],
  );
}

function problemsOf(
  found: readonly Problem[],
  concerned: ReadonlySet<NodeId>,
  anyWanted: boolean,
): readonly Problem[] {
  const problems = found.filter(({ nodeId }) => nodeId !== undefined && concerned.has(nodeId));
  if (anyWanted) return problems;
  const message =
    found.find(({ code }) => code === 'graph/no-outputs')?.message ??
    'Nothing is left to run: every output node is muted, bypassed, or needs a muted node. Switch one on.';
  return [...problems, { code: 'graph/no-outputs', nodeId: undefined, message }];
}

function planNode<Services>(
  id: NodeId,
  wiring: Wiring,
  registry: NodeRegistry<Services>,
  links: EffectiveLinks,
): PlannedNode<Services> | undefined {
  const record = own(wiring.nodes, id);
  const definition = registry.get(record?.type ?? '');
  const sockets = wiring.sockets(id);
  if (record === undefined || definition === undefined || sockets === undefined) return undefined;
  const feeding = links.into(id);
  const linked = new Set(feeding.map(({ input }) => input));
  const values: Record<string, unknown> = {};
  for (const [input, spec] of Object.entries(sockets.inputs)) {
    if (!isWidget(spec) || linked.has(input)) continue;
    const source = wiring.source(id, input);
    values[input] = source.kind === 'value' ? source.value : spec.default;
  }
  return {
    kind: 'node',
    id,
    definition,
    values,
    links: feeding.map(({ input, node, output, slice }) => ({ input, node, output, slice })),
  };
}
