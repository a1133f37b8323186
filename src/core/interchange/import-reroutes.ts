import { idOf, pairOf, type Json } from './foreign-values.js';
import type { ForeignLink, Stop } from './workflow-links.js';

/** The nodes that stay nodes, and the links between them. */
export interface Rerouted {
  readonly nodes: readonly Json[];
  readonly links: readonly ForeignLink[];
}

/** More points than this are not taken over: many links through one long row must not take a square of memory. */
const mostStops = 50_000;

/**
 * Makes points of links of the Reroute nodes that lead from one node to another. Those that lead nowhere, or come from
 * nowhere, stay nodes. `ends` are the ids of what a level is entered and left by.
 */
export function dissolveReroutes(
  nodes: readonly Json[],
  links: readonly ForeignLink[],
  ends: readonly string[],
): Rerouted {
  const reroutes = new Map<string, Json>();
  const others = new Set<string>(ends);
  for (const node of nodes) {
    const id = idOf(node['id']) ?? '';
    if (node['type'] === 'Reroute' && !reroutes.has(id)) reroutes.set(id, node);
    else others.add(id);
  }
  const entering = new Map<string, ForeignLink>();
  for (const link of links) {
    if (reroutes.has(link.to) && !entering.has(link.to)) entering.set(link.to, link);
  }
  const gone = dissolvable(reroutes, links, entering, others);
  const isGone = (id: string) => gone.has(id) && !others.has(id);
  const idIn = (node: Json) => idOf(node['id']) ?? '';
  let left = mostStops;
  return {
    nodes: nodes.filter((node) => reroutes.get(idIn(node)) !== node || !isGone(idIn(node))),
    links: links.flatMap((link) => {
      if (isGone(link.to)) return [];
      const path: Stop[] = [];
      let at = link;
      for (;;) {
        if (path.length < left) path.push(...at.via.toReversed());
        const data = isGone(at.from) ? reroutes.get(at.from) : undefined;
        const before = data && entering.get(at.from);
        if (!before) break;
        if (path.length < left) path.push({ pos: pairOf(data['pos']) ?? [0, 0], data });
        at = before;
      }
      const via = path.reverse().slice(0, left);
      left -= via.length;
      return [{ ...link, from: at.from, fromSlot: at.fromSlot, via }];
    }),
  };
}

/** The reroutes that a link from another node reaches and that lead on to another node. */
function dissolvable(
  reroutes: ReadonlyMap<string, Json>,
  links: readonly ForeignLink[],
  entering: ReadonlyMap<string, ForeignLink>,
  others: ReadonlySet<string>,
): ReadonlySet<string> {
  const following = new Map<string, string[]>();
  for (const [id, { from }] of entering) following.set(from, [...(following.get(from) ?? []), id]);
  const fed = new Set<string>();
  const open = [...others].flatMap((id) => following.get(id) ?? []);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (fed.has(at)) continue;
    fed.add(at);
    open.push(...(following.get(at) ?? []));
  }
  const used = new Set<string>();
  for (const { from, to } of links) {
    if (!others.has(to)) continue;
    for (let at = from; reroutes.has(at) && fed.has(at) && !used.has(at);) {
      used.add(at);
      at = entering.get(at)?.from ?? '';
    }
  }
  return used;
}
