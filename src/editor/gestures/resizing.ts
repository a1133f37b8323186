import { toGrid } from '../canvas-options.js';
import type { EditorContext } from '../editor-context.js';
import type { Point } from '../intents.js';
import { minSize } from '../geometry.js';
import { measureText, type NodeView } from '../node-view.js';
import type { Gesture, Pointer } from './gesture.js';

/** Drags a node's lower right corner; never smaller than its parts. */
export function beginResizing(context: EditorContext, start: Pointer, view: NodeView): Gesture {
  const { width, height } = view.geometry;
  const least = minSize(view.face, view.geometry.picture !== undefined, measureText);
  const sizeAt = ({ graph, shift }: Pointer): Point => {
    const snaps = context.options.snapsToGrid !== shift;
    return [
      Math.max(least[0], toGrid(width + graph[0] - start.graph[0], snaps)),
      Math.max(least[1], toGrid(height + graph[1] - start.graph[1], snaps)),
    ];
  };
  const clear = (): void => {
    view.draft = {};
    context.redraw();
  };
  return {
    pansAtEdge: true,
    move(pointer) {
      view.draft = { size: sizeAt(pointer) };
      context.redraw();
    },
    end(pointer) {
      clear();
      const size = sizeAt(pointer);
      if (size[0] !== width || size[1] !== height) {
        context.host.edit({ kind: 'resize', id: view.face.id, size });
      }
    },
    cancel: clear,
  };
}
