import type { Point } from '../graph/types.js';
import { idOf, isJson, jsonOf, objectsOf, pairOf, type Json } from './foreign-values.js';

/** A point that a link is led through; `data` is the Reroute node that it was. */
export interface Stop {
  readonly pos: Point;
  readonly data?: Json;
}

/** A link of a workflow file, whatever its shape there. */
export interface ForeignLink {
  readonly from: string;
  readonly fromSlot: number;
  readonly to: string;
  readonly toSlot: number;
  readonly type: string;
  /** Points that it is led through, from its source on. */
  readonly via: readonly Stop[];
}

type Reroutes = ReadonlyMap<
  string,
  { readonly data: Json; readonly pos: Point | undefined; readonly parent: string | undefined }
>;

/** Longer rows are cut once a file has so many points: many links through one long row must not take a square of time. */
const mostStops = 50_000;

/** Reads the links of a level, as lists (0.4) or objects (1.0), with the reroutes that they are led through. */
export function readLinks(level: Json): readonly ForeignLink[] {
  const reroutes = reroutesOf(level);
  let left = mostStops;
  return rawLinks(level).map(({ last, ...link }) => {
    const via = chain(reroutes, last, left).flatMap(({ pos }) => (pos ? [{ pos }] : []));
    left -= via.length;
    return { ...link, via };
  });
}

/** The reroutes of a level that no link is led through, with those before them, as the file held them. */
export function looseReroutes(level: Json): readonly Json[] {
  const reroutes = reroutesOf(level);
  const used = new Set<string>();
  const walk = (from: string | undefined, seen: Set<string>) => {
    for (let at = from; at !== undefined && !seen.has(at); at = reroutes.get(at)?.parent)
      seen.add(at);
  };
  for (const { last } of rawLinks(level)) walk(last, used);
  const loose = new Set<string>();
  for (const id of reroutes.keys()) if (!used.has(id)) walk(id, loose);
  return [...reroutes].flatMap(([id, { data }]) => (loose.has(id) ? [data] : []));
}

function reroutesOf(level: Json): Reroutes {
  const all = [...objectsOf(level['reroutes']), ...objectsOf(jsonOf(level['extra'])['reroutes'])];
  return new Map(
    all.map((data) => [
      idOf(data['id']) ?? '',
      { data, pos: pairOf(data['pos']), parent: idOf(data['parentId']) },
    ]),
  );
}

/** The links with the last reroute of each. */
function rawLinks(level: Json) {
  const parents = new Map(
    objectsOf(jsonOf(level['extra'])['linkExtensions']).map((link) => [
      idOf(link['id']),
      idOf(link['parentId']),
    ]),
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
    return [
      {
        from: source,
        fromSlot: Number(fromSlot),
        to: target,
        toSlot: Number(toSlot),
        type: typeof type === 'string' ? type : '*',
        last: idOf(parent) ?? parents.get(idOf(id)),
      },
    ];
  });
}

function chain(reroutes: Reroutes, last: string | undefined, most: number) {
  const row: { readonly pos: Point | undefined }[] = [];
  const longest = Math.min(reroutes.size, most);
  let at = last === undefined ? undefined : reroutes.get(last);
  for (; at && row.length < longest; at = reroutes.get(at.parent ?? '')) row.push(at);
  return row.reverse();
}
