import { linksInto } from '../core/graph/links.js';
import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { Zone } from '../core/graph/zones.js';
import type { Picture } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { texts } from '../texts/texts.js';
import type { RunPicture, RunRecord } from './run-record.js';

/**
 * What an output node shows while the picture it waits for is being made: the newest look at the unfinished work of the
 * zone above it, which says of what pass it is. Undefined when the node has a picture of its own, waits for none, or the
 * zone has shown nothing yet. `document` is flattened, as the record's ids are.
 */
export function zoneEstimate(
  record: RunRecord,
  document: GraphDocument,
  registry: NodeRegistry,
  id: NodeId,
): RunPicture | undefined {
  const node = record.nodes.get(id);
  if (node?.status.kind === 'failed' || (node && node.pictures.size > 0)) return undefined;
  const zone = zoneShownBy(document, registry, id);
  const run = zone && record.zones.get(zone.start);
  if (!run) return undefined;
  const [first, end] = run.passes;
  let newest: { readonly pass: number; readonly picture: Picture } | undefined;
  // Of a pass the first look counts: the clean picture that a step heads for comes before its noisy latents.
  const inside = record.order.filter((inner) => zone.body.has(inner) || zone.side.has(inner));
  for (const inner of inside) {
    for (const [pass, [shown]] of record.nodes.get(inner)?.pictures ?? []) {
      if (shown && pass > (newest?.pass ?? first - 1)) newest = { pass, picture: shown.picture };
    }
  }
  if (!newest) return undefined;
  const label = texts().running.estimate(newest.pass - first + 1, end - first);
  return { label, picture: newest.picture, isPreview: true };
}

/** The zone whose result an output node shows; only for nodes that show one picture. */
function zoneShownBy(
  document: GraphDocument,
  registry: NodeRegistry,
  id: NodeId,
): Zone | undefined {
  const record = own(document.nodes, id);
  const definition = record && registry.get(record.type);
  if (!record || definition?.outputNode !== true) return undefined;
  const pictured = linksInto(record).filter(
    ({ input }) => own(definition.inputs, input)?.type === 'IMAGE',
  );
  const { byBoundary, zoneOf } = wiringOf(document, registry).zones;
  if (pictured.length !== 1 || zoneOf.has(id)) return undefined;
  const seen = new Set<NodeId>();
  const open = pictured.map(({ node }) => node);
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const zone = byBoundary.get(at);
    if (zone?.end === at) return zone;
    const above = own(document.nodes, at);
    if (seen.has(at) || !above) continue;
    seen.add(at);
    open.push(...linksInto(above).map(({ node }) => node));
  }
  return undefined;
}
