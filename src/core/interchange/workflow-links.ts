import type { Point } from '../graph/types.js';
import { idOf, isJson, jsonOf, objectsOf, pairOf, type Json } from './foreign-values.js';

/** A link of a workflow file, whatever its shape there. */
export interface ForeignLink {
  readonly from: string;
  readonly fromSlot: number;
  readonly to: string;
  readonly toSlot: number;
  readonly type: string;
  /** Points that it is led through, from its source on. */
  readonly via: readonly Point[];
}

/** Reads the links of a level, as lists (0.4) or objects (1.0), with the reroutes that they are led through. */
export function readLinks(level: Json): readonly ForeignLink[] {
  const extra = jsonOf(level['extra']);
  const reroutes = new Map(
    [...objectsOf(level['reroutes']), ...objectsOf(extra['reroutes'])].map((reroute) => [
      idOf(reroute['id']) ?? '',
      { pos: pairOf(reroute['pos']), parent: idOf(reroute['parentId']) },
    ]),
  );
  const parents = new Map(
    objectsOf(extra['linkExtensions']).map((link) => [idOf(link['id']), idOf(link['parentId'])]),
  );
  const links: unknown = level['links'];
  return (Array.isArray(links) ? links : []).flatMap((link: unknown) => {
    const [id, from, fromSlot, to, toSlot, type, parent] = Array.isArray(link)
      ? (link as unknown[])
      : isJson(link)
        ? ['id', 'origin_id', 'origin_slot', 'target_id', 'target_slot', 'type', 'parentId'].map(
            (key) => link[key],
          )
        : [];
    const [source, target] = [idOf(from), idOf(to)];
    if (source === undefined || target === undefined) return [];
    const last = idOf(parent) ?? parents.get(idOf(id));
    return [
      {
        from: source,
        fromSlot: Number(fromSlot),
        to: target,
        toSlot: Number(toSlot),
        type: typeof type === 'string' ? type : '*',
        via: chain(reroutes, last),
      },
    ];
  });
}

/** Longer chains are cut: a file of many links through many reroutes must not take a square of time. */
const longestChain = 64;

function chain(
  reroutes: ReadonlyMap<
    string,
    { readonly pos: Point | undefined; readonly parent: string | undefined }
  >,
  last: string | undefined,
): readonly Point[] {
  const points: Point[] = [];
  let at = last;
  for (let count = 0; at !== undefined && count < longestChain; count += 1) {
    const reroute = reroutes.get(at);
    if (reroute?.pos) points.unshift(reroute.pos);
    at = reroute?.parent;
  }
  return points;
}
