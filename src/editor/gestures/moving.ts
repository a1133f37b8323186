import type { NodeId } from '../../core/graph/types.js';
import type { EditorContext } from '../editor-context.js';
import type { Point } from '../intents.js';
import { insertionAt } from '../insertion.js';
import { positionOf, type NodeView } from '../node-view.js';
import { texts } from '../../texts/texts.js';
import { draftMoved, dragOffset, hasMoved, type Gesture, type Pointer } from './gesture.js';

/**
 * Moves a node and, when it is selected, all selected ones; with Alt copies of them stay where they are put, with
 * Shift or the setting they stop on the grid. A node that is let go over a link is put into it. The document hears
 * of it once, at the end.
 */
export function beginMoving(
  context: EditorContext,
  start: Pointer,
  view: NodeView,
  onClick?: () => void,
): Gesture {
  pickUp(context, start, view.face.id);
  const moved = [...context.selection].flatMap((id) => {
    const other = context.scene.views.get(id);
    return other && (!other.layout.pinned || start.alt) ? [other] : [];
  });
  const [lead] = moved.includes(view) ? [view] : moved;
  let isDrag = false;
  const offsetTo = (pointer: Pointer): Point =>
    dragOffset(context, start, pointer, lead?.layout.pos ?? [0, 0]);
  const drop = (): void => {
    for (const other of moved) other.draft = {};
    context.insertion = undefined;
    context.redraw();
  };
  return {
    pansAtEdge: true,
    move(pointer) {
      isDrag ||= hasMoved(start, pointer);
      if (!isDrag) return;
      draftMoved(moved, offsetTo(pointer));
      context.insertion =
        moved.length === 1 && lead && !start.alt ? insertionAt(context, lead) : undefined;
      context.redraw();
    },
    end(pointer) {
      const { insertion } = context;
      const at = lead && positionOf(lead);
      drop();
      if (!isDrag) onClick?.();
      else if (moved.length === 0) context.host.say(texts().canvas.pinned);
      else if (insertion && lead && at) {
        context.host.edit({ kind: 'insert', id: lead.face.id, to: insertion, pos: at });
      } else finish(context, moved, offsetTo(pointer), start.alt);
    },
    cancel: drop,
  };
}

function finish(
  context: EditorContext,
  moved: readonly NodeView[],
  offset: Point,
  isCopy: boolean,
): void {
  if (isCopy) {
    const ids = moved.map(({ face }) => face.id);
    context.host.edit({ kind: 'clone', ids, offset });
    return;
  }
  if (offset[0] === 0 && offset[1] === 0) return;
  const positions = new Map<NodeId, Point>(
    moved.map(({ face, layout }) => [
      face.id,
      [layout.pos[0] + offset[0], layout.pos[1] + offset[1]],
    ]),
  );
  context.host.edit({ kind: 'move', positions });
}

function pickUp(context: EditorContext, pointer: Pointer, id: NodeId): void {
  const isAdding = pointer.shift || pointer.ctrl;
  context.group = context.point = undefined;
  if (!context.selection.has(id)) context.select(isAdding ? [...context.selection, id] : [id]);
  else if (isAdding) context.select([...context.selection].filter((other) => other !== id));
  const node = context.scene.views.get(id)?.node;
  if (node) context.stage.view.bringToFront(node);
  context.redraw();
}
