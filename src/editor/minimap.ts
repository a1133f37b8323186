import type { EditorContext } from './editor-context.js';
import { groupViews } from './group-view.js';
import type { Point } from './intents.js';
import { boundsOfAll } from './node-view.js';
import type { Area } from './zone-view.js';

const size = { width: 200, height: 140, margin: 12, pad: 8 };

/** How the minimap maps the graph, in CSS pixels of the canvas. */
export interface Minimap {
  readonly box: Area;
  /** CSS pixels of the map for a graph unit. */
  readonly scale: number;
  /** The graph point at the map's middle. */
  readonly center: Point;
}

/** Where the minimap lies and what it shows: all nodes, groups and the part of the canvas that is seen. */
export function minimapOf(context: EditorContext): Minimap {
  const [width, height] = context.stage.size();
  const w = Math.min(size.width, width / 3);
  const box: Area = [width - w - size.margin, height - size.height - size.margin, w, size.height];
  const seen = seenArea(context);
  const nodes = boundsOfAll(context.scene.views.values());
  const areas = [
    seen,
    ...(nodes ? [nodes] : []),
    ...groupViews(context).map(({ bounds }) => bounds),
  ];
  const left = Math.min(...areas.map(([x]) => x));
  const top = Math.min(...areas.map(([, y]) => y));
  const right = Math.max(...areas.map(([x, , areaWidth]) => x + areaWidth));
  const bottom = Math.max(...areas.map(([, y, , areaHeight]) => y + areaHeight));
  const scale = Math.min(
    (w - size.pad * 2) / Math.max(1, right - left),
    (size.height - size.pad * 2) / Math.max(1, bottom - top),
  );
  return { box, scale, center: [(left + right) / 2, (top + bottom) / 2] };
}

/** The part of the graph that is seen. */
export function seenArea(context: EditorContext): Area {
  const { scale, offset } = context.stage.view.ds;
  const [width, height] = context.stage.size();
  return [-(offset[0] ?? 0), -(offset[1] ?? 0), width / scale, height / scale];
}

/** The graph point that a point of the map stands for. */
export function fromMinimap({ box, scale, center }: Minimap, [x, y]: Point): Point {
  const [left, top, width, height] = box;
  return [center[0] + (x - left - width / 2) / scale, center[1] + (y - top - height / 2) / scale];
}

/** A client point relative to the canvas, when it lies on the minimap. */
export function onMinimap(context: EditorContext, client: Point): Point | undefined {
  if (!context.options.showsMinimap) return undefined;
  const rect = context.element.getBoundingClientRect();
  const [x, y] = [client[0] - rect.left, client[1] - rect.top];
  const [left, top, width, height] = minimapOf(context).box;
  const isOn = x >= left && x <= left + width && y >= top && y <= top + height;
  return isOn ? [x, y] : undefined;
}
