import type { EditorContext } from '../editor-context.js';
import { fromMinimap, minimapOf, onMinimap } from '../minimap.js';
import type { Gesture, Pointer } from './gesture.js';

/** Presses or drags in the minimap: the view goes there. Undefined when the pointer is not on it. */
export function beginMinimap(context: EditorContext, start: Pointer): Gesture | undefined {
  if (!onMinimap(context, start.client)) return undefined;
  // The map shall not run away under the pointer.
  const map = minimapOf(context);
  const rect = context.element.getBoundingClientRect();
  const { ds } = context.stage.view;
  const go = ({ client }: Pointer): void => {
    const [x, y] = fromMinimap(map, [client[0] - rect.left, client[1] - rect.top]);
    const [width, height] = context.stage.size();
    ds.offset.set([width / 2 / ds.scale - x, height / 2 / ds.scale - y]);
    context.redraw();
  };
  const report = (): void => {
    const [x = 0, y = 0] = ds.offset;
    context.host.viewChanged({ scale: ds.scale, offset: [x, y] });
  };
  go(start);
  return { move: go, end: report, cancel: report };
}
