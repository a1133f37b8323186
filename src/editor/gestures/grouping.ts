import { toGrid } from '../canvas-options.js';
import type { Bounds, EditorContext } from '../editor-context.js';
import { nodesIn, type GroupView } from '../group-view.js';
import type { Point } from '../intents.js';
import { draftMoved, dragOffset, hasMoved, type Gesture, type Pointer } from './gesture.js';

const least = { width: 96, height: 64 };

/** Drags a group by its title bar: what lies in it moves along, pinned nodes and groups within included or not. */
export function beginMovingGroup(context: EditorContext, start: Pointer, view: GroupView): Gesture {
  const { index, bounds } = view;
  context.select([]);
  context.group = index;
  const inside = nodesIn(context, bounds).flatMap((id) => {
    const node = context.scene.views.get(id);
    return node && !node.layout.pinned ? [node] : [];
  });
  let isDrag = false;
  const offsetTo = (pointer: Pointer): Point =>
    dragOffset(context, start, pointer, [bounds[0], bounds[1]]);
  const clear = (): void => {
    context.groupDrafts.delete(index);
    for (const node of inside) node.draft = {};
    context.redraw();
  };
  return {
    pansAtEdge: true,
    move(pointer) {
      isDrag ||= hasMoved(start, pointer);
      if (!isDrag) return;
      const [dx, dy] = offsetTo(pointer);
      context.groupDrafts.set(index, [bounds[0] + dx, bounds[1] + dy, bounds[2], bounds[3]]);
      draftMoved(inside, [dx, dy]);
      context.redraw();
    },
    end(pointer) {
      clear();
      if (!isDrag) return;
      const ids = inside.map(({ face }) => face.id);
      context.host.edit({ kind: 'group-move', index, by: offsetTo(pointer), ids });
    },
    cancel: clear,
  };
}

/** Drags a group's lower right corner. */
export function beginResizingGroup(
  context: EditorContext,
  start: Pointer,
  { index, bounds }: GroupView,
): Gesture {
  context.select([]);
  context.group = index;
  const boundsAt = ({ graph, shift }: Pointer): Bounds => {
    const snaps = context.options.snapsToGrid !== shift;
    return [
      bounds[0],
      bounds[1],
      Math.max(least.width, toGrid(bounds[2] + graph[0] - start.graph[0], snaps)),
      Math.max(least.height, toGrid(bounds[3] + graph[1] - start.graph[1], snaps)),
    ];
  };
  const clear = (): void => {
    context.groupDrafts.delete(index);
    context.redraw();
  };
  return {
    pansAtEdge: true,
    move(pointer) {
      context.groupDrafts.set(index, boundsAt(pointer));
      context.redraw();
    },
    end(pointer) {
      clear();
      if (hasMoved(start, pointer)) {
        context.host.edit({ kind: 'group-set', index, patch: { bounds: boundsAt(pointer) } });
      }
    },
    cancel: clear,
  };
}
