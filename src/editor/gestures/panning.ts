import type { EditorContext } from '../editor-context.js';
import { slop, type Begin } from './gesture.js';

/** Moves the view with the pointer; a press without a drag clears the selection. */
export const beginPanning: Begin = (context, start) => {
  const { ds } = context.stage.view;
  const [x0 = 0, y0 = 0] = ds.offset;
  let isDrag = false;
  return {
    move({ client }) {
      const [dx, dy] = [client[0] - start.client[0], client[1] - start.client[1]];
      isDrag ||= Math.hypot(dx, dy) > slop;
      if (!isDrag) return;
      ds.offset[0] = x0 + dx / ds.scale;
      ds.offset[1] = y0 + dy / ds.scale;
      context.redraw(true);
    },
    end() {
      if (!isDrag && !start.shift && !start.ctrl) clearSelection(context);
      else reportView();
    },
    cancel: reportView,
  };

  function reportView(): void {
    const [x = 0, y = 0] = ds.offset;
    context.host.viewChanged({ scale: ds.scale, offset: [x, y] });
  }
};

/** Nothing is chosen any more: no node, group or reroute point. */
export function clearSelection(context: EditorContext): void {
  context.group = context.point = undefined;
  context.select([]);
}
