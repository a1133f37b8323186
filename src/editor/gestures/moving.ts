import type { NodeId } from '../../core/graph/types.js';
import type { EditorContext } from '../editor-context.js';
import type { Point } from '../intents.js';
import type { NodeView } from '../node-view.js';
import { hasMoved, type Gesture, type Pointer } from './gesture.js';

/**
 * Moves a node and, when it is selected, all selected ones; with Alt copies of them stay where they are put.
 * The document hears of it once, at the end.
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
    return other && !other.layout.pinned ? [other] : [];
  });
  let isDrag = false;
  const offsetTo = ({ graph }: Pointer): Point => [
    Math.round(graph[0] - start.graph[0]),
    Math.round(graph[1] - start.graph[1]),
  ];
  const drop = (): void => {
    for (const other of moved) other.draft = {};
    context.redraw(true);
  };
  return {
    move(pointer) {
      isDrag ||= hasMoved(start, pointer);
      if (!isDrag) return;
      const [dx, dy] = offsetTo(pointer);
      for (const other of moved) {
        other.draft = { pos: [other.layout.pos[0] + dx, other.layout.pos[1] + dy] };
      }
      context.redraw(true);
    },
    end(pointer) {
      drop();
      if (!isDrag) {
        onClick?.();
        return;
      }
      const offset = offsetTo(pointer);
      if (start.alt) {
        const ids = moved.map(({ face }) => face.id);
        context.host.edit({ kind: 'clone', ids, offset });
        return;
      }
      const positions = new Map<NodeId, Point>(
        moved.map(({ face, layout }) => [
          face.id,
          [layout.pos[0] + offset[0], layout.pos[1] + offset[1]],
        ]),
      );
      context.host.edit({ kind: 'move', positions });
    },
    cancel: drop,
  };
}

function pickUp(context: EditorContext, pointer: Pointer, id: NodeId): void {
  const isAdding = pointer.shift || pointer.ctrl;
  if (!context.selection.has(id)) context.select(isAdding ? [...context.selection, id] : [id]);
  else if (isAdding) context.select([...context.selection].filter((other) => other !== id));
  const node = context.scene.views.get(id)?.node;
  if (node) context.stage.view.bringToFront(node);
  context.redraw(true);
}
