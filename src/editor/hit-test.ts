import type { NodeId } from '../core/graph/types.js';
import type { EditorContext, ViaPoint } from './editor-context.js';
import { measures, PRESET_ROW, socketAt, type WidgetRow } from './geometry.js';
import type { Point } from './intents.js';
import { boundsOf, geometryOf, positionOf, type NodeView } from './node-view.js';
import { groupAt, type GroupView } from './group-view.js';
import { boundsOfPath, middleOfPath, nearestOnPath } from './link-path.js';
import { isSameEnd, pointsOf, type SceneLink } from './scene-link.js';
import { scrubberTrack, stripFrames, zoneAreas, zoneHeader, type Area } from './zone-view.js';

/** What lies under a point of the canvas. */
export type Hit =
  | {
      readonly kind: 'socket';
      readonly view: NodeView;
      readonly side: 'input' | 'output';
      readonly name: string;
    }
  | { readonly kind: 'widget'; readonly view: NodeView; readonly row: WidgetRow }
  | { readonly kind: 'resize' | 'title' | 'fold' | 'picture' | 'body'; readonly view: NodeView }
  | { readonly kind: 'scrubber'; readonly startId: NodeId; readonly track: Area }
  | { readonly kind: 'zone'; readonly startId: NodeId }
  | { readonly kind: 'pass'; readonly startId: NodeId; readonly pass: number }
  | { readonly kind: 'via'; readonly link: SceneLink; readonly point: ViaPoint }
  /** The mark half way along a link. */
  | { readonly kind: 'middle'; readonly link: SceneLink }
  /** `piece` counts the reroute points before the place that was hit. */
  | { readonly kind: 'link'; readonly link: SceneLink; readonly piece: number; readonly at: Point }
  | { readonly kind: 'group'; readonly view: GroupView; readonly part: 'title' | 'corner' }
  | { readonly kind: 'canvas' };

/** Finds what lies under a point, the topmost first; fingers are given more room than pointers. */
export function hitTest(context: EditorContext, point: Point, isTouch: boolean): Hit {
  const reach = isTouch ? 20 : 10;
  const nodes = context.stage.graph._nodes;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const view = context.scene.views.get(nodes[i]?.id ?? '');
    if (!view) continue;
    const hit = hitNode(view, point, reach);
    if (hit) return hit;
  }
  return (
    hitFarSocket(context, point, isTouch) ??
    hitZone(context, point) ??
    hitLinks(context, point, reach) ??
    hitGroup(context, point, reach) ?? { kind: 'canvas' }
  );
}

/** Below this scale sockets are not drawn, and their reach does not grow further. */
const socketScale = 0.3;

/** From afar a socket beside which a press lands counts still: its reach is as large on the screen as from near. */
function hitFarSocket(context: EditorContext, point: Point, isTouch: boolean): Hit | undefined {
  const { scale } = context.stage.view.ds;
  if (scale >= 1) return undefined;
  const reach = (isTouch ? 20 : 10) / Math.max(scale, socketScale);
  for (const view of context.scene.views.values()) {
    const socket = socketNear(view, point, reach);
    const isWidget = view.face.widgets.some(({ name, isLinked }) => {
      return name === socket?.name && !isLinked && socket.side === 'input';
    });
    if (socket && !isWidget) return { kind: 'socket', view, ...socket };
  }
  return undefined;
}

/** The node that a hit belongs to. */
export function nodeOf(hit: Hit): NodeView | undefined {
  return 'view' in hit && hit.kind !== 'group' ? hit.view : undefined;
}

function hitGroup(context: EditorContext, point: Point, reach: number): Hit | undefined {
  const found = groupAt(context, point, reach);
  return found && { kind: 'group', ...found };
}

/** The socket of a node near a point in graph coordinates. */
export function socketNear(
  view: NodeView,
  point: Point,
  reach: number,
): { readonly side: 'input' | 'output'; readonly name: string } | undefined {
  const geometry = geometryOf(view);
  if (geometry.isCollapsed) return undefined;
  const [px, py] = positionOf(view);
  for (const side of ['input', 'output'] as const) {
    const rows = [
      ...(side === 'input' ? [...geometry.inputs, ...geometry.widgets] : geometry.outputs),
      ...(geometry.blank?.side === side ? [geometry.blank] : []),
    ];
    for (const { name } of rows) {
      if (name === PRESET_ROW) continue;
      const [dx, dy] = socketAt(geometry, side, name);
      const [x, y] = [point[0] - px - dx, point[1] - py - dy];
      if (Math.abs(x) <= reach && Math.abs(y) <= measures.slotRow / 2) return { side, name };
    }
  }
  return undefined;
}

function hitNode(view: NodeView, point: Point, reach: number): Hit | undefined {
  const [x, y, width, height] = boundsOf(view);
  const [dx, dy] = [point[0] - x, point[1] - y];
  if (dx < -reach || dx > width + reach || dy < 0 || dy > height + 4) return undefined;
  const socket = socketNear(view, point, reach);
  const geometry = geometryOf(view);
  if (socket) {
    const row = geometry.widgets.find(({ name }) => name === socket.name);
    // A widget's own socket is small, so that its field stays easy to grab.
    if (!row || socket.side === 'output' || dx < 7 || row.widget?.isLinked) {
      return { kind: 'socket', view, ...socket };
    }
  }
  if (dx < 0 || dx > width || dy > height) return undefined;
  const bodyY = dy - measures.title;
  if (bodyY < 0) return { kind: dx < 24 ? 'fold' : 'title', view };
  const corner = measures.resizeCorner;
  if (dx > width - corner && dy > height - corner) return { kind: 'resize', view };
  const row = rowAt(view, point);
  if (row && !row.widget?.isLinked) return { kind: 'widget', view, row };
  const { picture } = geometry;
  if (picture && bodyY >= picture.y && bodyY <= picture.y + picture.height) {
    return { kind: 'picture', view };
  }
  return { kind: 'body', view };
}

/** The widget of a node at the height of a point, be it linked or not. */
export function rowAt(view: NodeView, [, y]: Point): WidgetRow | undefined {
  const at = y - positionOf(view)[1];
  return geometryOf(view).widgets.find((row) => at >= row.y && at <= row.y + row.height);
}

function hitZone(context: EditorContext, point: Point): Hit | undefined {
  for (const { zone, area } of zoneAreas(context)) {
    const track = scrubberTrack(area, context.run.zone(zone.start));
    if (track && contains([track[0] - 10, track[1] - 10, track[2] + 20, track[3] + 20], point)) {
      return { kind: 'scrubber', startId: zone.start, track };
    }
    if (contains(zoneHeader(area), point)) return { kind: 'zone', startId: zone.start };
    if (!context.options.showsFilmstrip || !contains(area, point)) continue;
    const frames = stripFrames(area, context.run.strip?.(zone.start) ?? []);
    const frame = frames.find(({ box }) => contains(box, point));
    if (frame) return { kind: 'pass', startId: zone.start, pass: frame.pass };
  }
  return undefined;
}

/** The link near a point: its reroute points and its middle before the rest of it. */
export function hitLinks(context: EditorContext, point: Point, reach: number): Hit | undefined {
  const { scene, options, pointed } = context;
  const [px, py] = point;
  let found: Hit | undefined;
  let least = reach * 0.7 + 4;
  for (const link of scene.links) {
    const points = pointsOf(scene.views, link);
    if (!points) continue;
    const [left, top, right, bottom] = boundsOfPath(points);
    if (px < left - reach || px > right + reach || py < top - reach || py > bottom + reach)
      continue;
    const index = link.via.findIndex(([x, y]) => Math.hypot(x - px, y - py) <= reach);
    if (index >= 0) return { kind: 'via', link, point: { to: link.to, index } };
    const near = nearestOnPath(points, point, options.linkShape);
    if (!near || near.distance > least) continue;
    least = near.distance;
    const [mx, my] = middleOfPath(points, options.linkShape);
    const isMiddle = isSameEnd(pointed?.link, link.to) && Math.hypot(mx - px, my - py) <= reach;
    found = isMiddle
      ? { kind: 'middle', link }
      : { kind: 'link', link, piece: near.piece, at: near.at };
  }
  return found;
}

function contains([x, y, width, height]: Area, [px, py]: Point): boolean {
  return px >= x && px <= x + width && py >= y && py <= y + height;
}
