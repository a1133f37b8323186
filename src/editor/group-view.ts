import type { GroupLayout, NodeId } from '../core/graph/types.js';
import type { Bounds, EditorContext } from './editor-context.js';
import type { Point } from './intents.js';
import { boundsOf, boundsOfAll } from './node-view.js';

/** Height of a group's title bar, in graph units. */
export const groupTitle = 30;
/** Room between a group's edge and its nodes. */
export const groupMargin = 16;
const corner = 18;

/** A group as it is drawn now. */
export interface GroupView {
  readonly index: number;
  readonly group: GroupLayout;
  readonly bounds: Bounds;
}

/** The groups of the scene, the lowest first. */
export function groupViews({ scene, groupDrafts }: EditorContext): readonly GroupView[] {
  return scene.document.layout.groups.map((group, index) => ({
    index,
    group,
    bounds: groupDrafts.get(index) ?? group.bounds,
  }));
}

/** The group whose title bar or corner lies under a point, the topmost first. */
export function groupAt(
  context: EditorContext,
  [px, py]: Point,
  reach: number,
): { readonly view: GroupView; readonly part: 'title' | 'corner' } | undefined {
  for (const view of [...groupViews(context)].reverse()) {
    const [x, y, width, height] = view.bounds;
    const [dx, dy] = [px - x, py - y];
    const isNear = dx >= 0 && dy >= 0 && dx <= width + reach / 2 && dy <= height + reach / 2;
    if (!isNear) continue;
    if (dx > width - corner && dy > height - corner) return { view, part: 'corner' };
    if (dy <= groupTitle && dx <= width) return { view, part: 'title' };
  }
  return undefined;
}

/** The nodes that move with a group: those whose middle lies in it. */
export function nodesIn(
  { scene }: EditorContext,
  [x, y, width, height]: Bounds,
): readonly NodeId[] {
  return [...scene.views.values()].flatMap((view) => {
    const [left, top, w, h] = boundsOf(view);
    const [mx, my] = [left + w / 2, top + h / 2];
    const isInside = mx >= x && mx <= x + width && my >= y && my <= y + height;
    return isInside ? [view.face.id] : [];
  });
}

/** The box of a group around nodes, with room for its title; undefined without nodes. */
export function boxAround({ scene }: EditorContext, ids: Iterable<NodeId>): Bounds | undefined {
  const bounds = boundsOfAll([...ids].flatMap((id) => scene.views.get(id) ?? []));
  if (!bounds) return undefined;
  const [x, y, width, height] = bounds;
  return [
    x - groupMargin,
    y - groupMargin - groupTitle,
    width + groupMargin * 2,
    height + groupMargin * 2 + groupTitle,
  ];
}
