import type { NodeId } from '../core/graph/types.js';
import type { EditorContext } from './editor-context.js';
import { measures, PRESET_ROW, socketAt, type WidgetRow } from './geometry.js';
import type { Point } from './intents.js';
import { boundsOf, geometryOf, positionOf, type NodeView } from './node-view.js';
import { pointOnLink } from './draw-link.js';
import { scrubberTrack, zoneArea, zoneHeader, type Area } from './zone-view.js';

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
  | { readonly kind: 'link'; readonly target: { readonly node: NodeId; readonly name: string } }
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
  return hitZone(context, point) ?? hitLink(context, point, reach * 0.7) ?? { kind: 'canvas' };
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
    const rows = side === 'input' ? [...geometry.inputs, ...geometry.widgets] : geometry.outputs;
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
  const row = geometry.widgets.find(
    (candidate) => bodyY >= candidate.y && bodyY <= candidate.y + candidate.height,
  );
  if (row && !row.widget?.isLinked) return { kind: 'widget', view, row };
  const { picture } = geometry;
  if (picture && bodyY >= picture.y && bodyY <= picture.y + picture.height) {
    return { kind: 'picture', view };
  }
  return { kind: 'body', view };
}

function hitZone(context: EditorContext, point: Point): Hit | undefined {
  for (const zone of context.scene.wiring.zones.zones) {
    const area = zoneArea(zone, context.scene.views);
    if (!area) continue;
    const track = scrubberTrack(area, context.run.zone(zone.start));
    if (track && contains([track[0] - 10, track[1] - 10, track[2] + 20, track[3] + 20], point)) {
      return { kind: 'scrubber', startId: zone.start, track };
    }
    if (contains(zoneHeader(area), point)) return { kind: 'zone', startId: zone.start };
  }
  return undefined;
}

function hitLink(context: EditorContext, point: Point, reach: number): Hit | undefined {
  const { graph } = context.stage;
  const [from, to] = [new Float32Array(2), new Float32Array(2)];
  for (const link of Object.values(graph.links)) {
    const source = graph.getNodeById(link.origin_id);
    const target = graph.getNodeById(link.target_id);
    if (!source || !target) continue;
    source.getConnectionPos(false, link.origin_slot, from);
    target.getConnectionPos(true, link.target_slot, to);
    for (let t = 0.05; t < 1; t += 0.05) {
      const [x, y] = pointOnLink(from, to, t);
      if (Math.hypot(x - point[0], y - point[1]) <= reach + 4) {
        const name = target.inputs[link.target_slot]?.name ?? '';
        return { kind: 'link', target: { node: link.target_id, name } };
      }
    }
  }
  return undefined;
}

function contains([x, y, width, height]: Area, [px, py]: Point): boolean {
  return px >= x && px <= x + width && py >= y && py <= y + height;
}
