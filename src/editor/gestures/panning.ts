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
      // By whole device pixels, so that what is drawn already can be shifted.
      const { devicePixelRatio: ratio } = window;
      ds.offset[0] = x0 + Math.round(dx * ratio) / ratio / ds.scale;
      ds.offset[1] = y0 + Math.round(dy * ratio) / ratio / ds.scale;
      context.redrawMoved();
    },
    end() {
      if (!isDrag && !start.shift && !start.ctrl) clearSelection(context);
      else reportView(context);
    },
    cancel() {
      reportView(context);
    },
  };
};

/** Tells the application what is seen now. */
export function reportView({ stage, host }: EditorContext): void {
  const { scale, offset } = stage.view.ds;
  const [x = 0, y = 0] = offset;
  host.viewChanged({ scale, offset: [x, y] });
}

/** Nothing is chosen any more: no node, group or reroute point. */
export function clearSelection(context: EditorContext): void {
  context.group = context.point = undefined;
  context.select([]);
}
