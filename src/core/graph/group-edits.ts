import { moveNodes, setGroups } from './layout-edits.js';
import { own } from './own.js';
import type { GraphDocument, GroupLayout, NodeId, Point } from './types.js';

/** Sizes as they are drawn, by node, for nodes that store none. */
export type DrawnSizes = ReadonlyMap<NodeId, Point>;

/** The size of nodes that store none: as they are drawn, else a usual one. */
export function drawnSize(sizes?: DrawnSizes): (id: NodeId) => Point {
  return (id) => sizes?.get(id) ?? usualSize;
}

/** A node's frame on the canvas. */
export interface Box {
  readonly id: NodeId;
  readonly pos: Point;
  readonly size: Point;
}

const titleHeight = 30;
const margin = 20;
/** Assumed of a node that was never drawn. */
const usualSize: Point = [240, 120];

/** The frames of nodes that exist and have a place. */
export function boxesOf(
  document: GraphDocument,
  ids: readonly NodeId[],
  sizes?: DrawnSizes,
): readonly Box[] {
  return ids.flatMap((id) => {
    const place = own(document.layout.nodes, id);
    if (place === undefined || own(document.nodes, id) === undefined) return [];
    return [{ id, pos: place.pos, size: place.size ?? drawnSize(sizes)(id) }];
  });
}

/** Puts a frame around nodes, with room for their titles and its own; nothing happens without nodes. */
export function addGroupAround(
  document: GraphDocument,
  ids: readonly NodeId[],
  title: string,
  sizes?: DrawnSizes,
): GraphDocument {
  const boxes = boxesOf(document, ids, sizes);
  if (boxes.length === 0) return document;
  const left = Math.min(...boxes.map(({ pos }) => pos[0])) - margin;
  const top = Math.min(...boxes.map(({ pos }) => pos[1])) - margin - 2 * titleHeight;
  const right = Math.max(...boxes.map(({ pos, size }) => pos[0] + size[0])) + margin;
  const bottom = Math.max(...boxes.map(({ pos, size }) => pos[1] + size[1])) + margin;
  return addGroup(document, { title, bounds: [left, top, right - left, bottom - top] });
}

/** Adds a frame above the others. */
export function addGroup(document: GraphDocument, group: GroupLayout): GraphDocument {
  return setGroups(document, [...document.layout.groups, group]);
}

/** What of a frame may be changed; `undefined` for the colour gives it the usual one back. */
export interface GroupPatch {
  readonly title?: string;
  readonly bounds?: GroupLayout['bounds'];
  readonly color?: string | undefined;
}

/** Changes the title, the place or the colour of a frame. */
export function changeGroup(
  document: GraphDocument,
  index: number,
  patch: GroupPatch,
): GraphDocument {
  const group = document.layout.groups[index];
  if (group === undefined) return document;
  const { color, ...rest } = { ...group, ...patch };
  const changed: GroupLayout = { ...rest, ...(color !== undefined && { color }) };
  const isSame =
    changed.title === group.title &&
    changed.color === group.color &&
    changed.bounds.every((value, at) => value === group.bounds[at]);
  if (isSame) return document;
  return setGroups(document, document.layout.groups.with(index, changed));
}

/** Moves a frame and the given nodes; pinned nodes stay. */
export function moveGroup(
  document: GraphDocument,
  index: number,
  by: Point,
  ids: readonly NodeId[],
): GraphDocument {
  const group = document.layout.groups[index];
  if (group === undefined || (by[0] === 0 && by[1] === 0)) return document;
  const [x, y, width, height] = group.bounds;
  const bounds = [x + by[0], y + by[1], width, height] as const;
  const positions = new Map(
    boxesOf(document, ids)
      .filter(({ id }) => !own(document.layout.nodes, id)?.pinned)
      .map(({ id, pos }) => [id, [pos[0] + by[0], pos[1] + by[1]] as const]),
  );
  return changeGroup(moveNodes(document, positions), index, { bounds });
}

/** Takes a frame away; the nodes in it stay. */
export function removeGroup(document: GraphDocument, index: number): GraphDocument {
  if (document.layout.groups[index] === undefined) return document;
  return setGroups(document, document.layout.groups.toSpliced(index, 1));
}
