import type { NodeId } from '../graph/types.js';
import { isWidget, type Wiring } from '../graph/wiring.js';
import type { ZoneReport } from '../graph/zones.js';

/** A link that counts in a run, bypassed nodes looked through. */
export interface EffectiveLink {
  readonly input: string;
  readonly node: NodeId;
  readonly output: string;
  readonly slice: boolean;
  /** The node runs without it as well. */
  readonly optional: boolean;
}

/** The effective links of a document, both ways. */
export interface EffectiveLinks {
  into(id: NodeId): readonly EffectiveLink[];
  outOf(id: NodeId): readonly { readonly to: NodeId; readonly link: EffectiveLink }[];
  /** The same links without those that come from the given nodes. */
  without(nodes: ReadonlySet<NodeId>): EffectiveLinks;
}

/** The links that a run follows, found from the inputs that the definitions name. */
export function effectiveLinks(wiring: Wiring): EffectiveLinks {
  const into = new Map<NodeId, readonly EffectiveLink[]>();
  for (const [id, record] of Object.entries(wiring.nodes)) {
    if (record.mode === 'bypass') continue;
    const links: EffectiveLink[] = [];
    for (const [input, spec] of Object.entries(wiring.sockets(id)?.inputs ?? {})) {
      const source = wiring.source(id, input);
      if (source.kind !== 'link') continue;
      const slice = 'slice' in spec;
      const optional = !isWidget(spec) && spec.optional === true;
      links.push({ input, node: source.node, output: source.output, slice, optional });
    }
    into.set(id, links);
  }
  return fromInto(into);
}

function fromInto(into: ReadonlyMap<NodeId, readonly EffectiveLink[]>): EffectiveLinks {
  const outOf = new Map<NodeId, { to: NodeId; link: EffectiveLink }[]>();
  for (const [to, links] of into) {
    for (const link of links) {
      const list = outOf.get(link.node);
      if (list === undefined) outOf.set(link.node, [{ to, link }]);
      else list.push({ to, link });
    }
  }
  return {
    into: (id) => into.get(id) ?? [],
    outOf: (id) => outOf.get(id) ?? [],
    without: (nodes) =>
      nodes.size === 0
        ? fromInto(into)
        : fromInto(
            new Map(
              [...into].map(([id, links]) => [id, links.filter(({ node }) => !nodes.has(node))]),
            ),
          ),
  };
}

/** `seeds` and everything that fails with them: along the links that `passes` lets through, and over whole zones. */
export function spread(
  seeds: readonly NodeId[],
  links: EffectiveLinks,
  zones: ZoneReport,
  passes: (link: EffectiveLink) => boolean,
): ReadonlySet<NodeId> {
  const reached = new Set<NodeId>();
  const open = [...seeds];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const { to, link } of links.outOf(id)) if (passes(link)) open.push(to);
    const zone = zones.byBoundary.get(id);
    if (zone !== undefined) open.push(...zone.body, ...zone.side, zone.end);
  }
  return reached;
}

/** `targets` and everything they need; a node inside a zone needs the zone's start and end. */
export function closure(
  targets: ReadonlySet<NodeId>,
  links: EffectiveLinks,
  zones: ZoneReport,
): ReadonlySet<NodeId> {
  const needed = new Set<NodeId>();
  const open = [...targets];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    for (const { node } of links.into(id)) open.push(node);
    const zone = zones.zoneOf.get(id);
    if (zone !== undefined) open.push(zone.start, zone.end);
    const own = zones.byBoundary.get(id);
    if (own !== undefined) open.push(own.start, own.end);
  }
  return needed;
}
