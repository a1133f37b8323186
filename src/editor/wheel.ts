import type { EditorContext } from './editor-context.js';

/** Zooms around the pointer; with Shift, or two fingers going sideways on a trackpad, moves the view. */
export function turnWheel(context: EditorContext, event: WheelEvent): void {
  const { ds } = context.stage.view;
  if (event.shiftKey && !event.ctrlKey) {
    ds.offset[0] = (ds.offset[0] ?? 0) - (event.deltaX || event.deltaY) / ds.scale;
  } else if (event.deltaX !== 0 && !event.ctrlKey) {
    ds.offset[0] = (ds.offset[0] ?? 0) - event.deltaX / ds.scale;
    ds.offset[1] = (ds.offset[1] ?? 0) - event.deltaY / ds.scale;
  } else {
    const box = context.element.getBoundingClientRect();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
    // A pinch on a trackpad comes as a wheel with Ctrl, in small steps.
    const factor = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0015));
    ds.changeScale(ds.scale * factor, [event.clientX - box.left, event.clientY - box.top]);
  }
  context.redrawMoved();
  const [x = 0, y = 0] = ds.offset;
  context.host.viewChanged({ scale: ds.scale, offset: [x, y] });
}
