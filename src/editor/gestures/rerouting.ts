import { toGrid } from '../canvas-options.js';
import type { EditorContext, ViaPoint } from '../editor-context.js';
import type { Point } from '../intents.js';
import type { SceneLink } from '../scene-link.js';
import { hasMoved, type Gesture, type Pointer } from './gesture.js';

/** Drags a reroute point of a link; a click chooses it. */
export function beginRerouting(
  context: EditorContext,
  start: Pointer,
  link: SceneLink,
  point: ViaPoint,
): Gesture {
  context.select([]);
  context.group = undefined;
  context.point = point;
  context.redraw();
  const viaAt = ({ graph, shift }: Pointer): readonly Point[] => {
    const snaps = context.options.snapsToGrid !== shift;
    const place: Point = [toGrid(graph[0], snaps), toGrid(graph[1], snaps)];
    return link.via.map((old, index) => (index === point.index ? place : old));
  };
  const clear = (): void => {
    context.viaDraft = undefined;
    context.redraw();
  };
  return {
    pansAtEdge: true,
    move(pointer) {
      if (!hasMoved(start, pointer)) return;
      context.viaDraft = { to: link.to, via: viaAt(pointer) };
      context.redraw();
    },
    end(pointer) {
      clear();
      if (hasMoved(start, pointer)) {
        context.host.edit({ kind: 'via', to: link.to, points: viaAt(pointer) });
      }
    },
    cancel: clear,
  };
}

/** Adds a reroute point to a link at a place between two of its points. */
export function addPoint(context: EditorContext, link: SceneLink, piece: number, at: Point): void {
  const place: Point = [Math.round(at[0]), Math.round(at[1])];
  const via = [...link.via.slice(0, piece), place, ...link.via.slice(piece)];
  context.host.edit({ kind: 'via', to: link.to, points: via });
  context.point = { to: link.to, index: piece };
  context.redraw();
}

/** Takes a reroute point out of its link. */
export function removePoint(context: EditorContext, { to, index }: ViaPoint): void {
  const link = context.scene.links.find(
    (other) => other.to.node === to.node && other.to.name === to.name,
  );
  context.point = undefined;
  if (!link) return;
  context.host.edit({ kind: 'via', to, points: link.via.filter((_point, at) => at !== index) });
}
