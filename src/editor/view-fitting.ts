import type { NodeId } from '../core/graph/types.js';
import type { EditorContext } from './editor-context.js';
import type { Point } from './intents.js';
import { boundsOfAll } from './node-view.js';

/** Shows all of some nodes, else of the selected ones, else of the graph, as large as they fit. */
export function fitView(context: EditorContext, ids: Iterable<NodeId> | undefined): void {
  const chosen =
    ids ?? (context.selection.size > 0 ? context.selection : context.scene.views.keys());
  const views = [...chosen].flatMap((id) => context.scene.views.get(id) ?? []);
  const bounds = boundsOfAll(views);
  if (!bounds) return;
  const [x, y, width, height] = bounds;
  const [w, h] = context.stage.size();
  const { ds } = context.stage.view;
  // Room for a zone's margin and header around its nodes.
  const margin = 84;
  const scale = Math.min(w / (width + margin * 2), h / (height + margin * 2), 1.25);
  ds.scale = Math.max(ds.min_scale, scale);
  const offset: Point = [w / 2 / ds.scale - (x + width / 2), h / 2 / ds.scale - (y + height / 2)];
  ds.offset.set(offset);
  context.redraw();
  context.host.viewChanged({ scale: ds.scale, offset });
}
