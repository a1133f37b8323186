import type { NodeId } from '../core/graph/types.js';
import type { EditorContext } from './editor-context.js';
import type { Point } from './intents.js';
import { boundsOfAll } from './node-view.js';

/**
 * Shows all of some nodes, else of the selected ones, else of the graph, as large as they fit. The whole graph is a view
 * that is not remembered by its numbers: it is fitted again where the canvas has another size.
 */
export function fitView(context: EditorContext, ids: Iterable<NodeId> | undefined): void {
  const some = ids ?? (context.selection.size > 0 ? context.selection : undefined);
  const chosen = some ?? context.scene.views.keys();
  const view = placeView(context, chosen);
  if (view) context.host.viewChanged(some && view);
}

/** Puts the view around nodes; undefined when there are none. */
function placeView(
  context: EditorContext,
  ids: Iterable<NodeId>,
): { readonly scale: number; readonly offset: Point } | undefined {
  const views = [...ids].flatMap((id) => context.scene.views.get(id) ?? []);
  const bounds = boundsOfAll(views);
  if (!bounds) return undefined;
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
  return { scale: ds.scale, offset };
}

/** Fits the whole graph again after the canvas has changed its size, unless the user looks at a place of their own. */
export function fitAgain(context: EditorContext): void {
  const { document, views } = context.scene;
  if (document.layout.view === undefined) placeView(context, views.keys());
}
