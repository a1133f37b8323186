import type { EditorContext } from './editor-context.js';
import type { Pointer } from './gestures/gesture.js';
import { addPoint, removePoint } from './gestures/rerouting.js';
import { hitTest } from './hit-test.js';
import { onMinimap } from './minimap.js';
import { editGroupTitle, editTitle } from './text-overlay.js';

/** Does what a double click means where it was made; false where it means nothing more than two clicks. */
export function isDoubleClickMeant(context: EditorContext, pointer: Pointer): boolean {
  if (onMinimap(context, pointer.client)) return true;
  if (context.options.isLocked) return false;
  const hit = hitTest(context, pointer.graph, pointer.isTouch);
  switch (hit.kind) {
    case 'title':
    case 'body':
      if (hit.view.face.isSubgraph) {
        context.select([hit.view.face.id]);
        context.host.command('enter');
      } else if (hit.kind === 'title') editTitle(context, hit.view.face.id);
      else return false;
      return true;
    case 'group':
      if (hit.part === 'title') editGroupTitle(context, hit.view);
      return true;
    case 'via':
      removePoint(context, hit.point);
      return true;
    case 'link':
      addPoint(context, hit.link, hit.piece, pointer.graph);
      return true;
    case 'zone':
    case 'canvas':
      context.host.openPalette({ at: pointer.client, pos: pointer.graph });
      return true;
    default:
      return false;
  }
}
