import { picturePlace } from './draw-lens.js';
import type { EditorContext } from './editor-context.js';
import type { Pointer } from './gestures/gesture.js';
import type { NodeView } from './node-view.js';

type Shares = readonly [x: number, y: number];

/** How near, in graph units, a press means a point that is there already. */
const REACH = 8;

/** The widget whose points are set on the node's first picture; undefined where there is none, or a link brings them. */
export function pointsOf(
  view: NodeView,
): { readonly name: string; readonly text: string } | undefined {
  for (const { name, widget } of view.geometry.widgets) {
    if (widget?.spec.type !== 'STRING' || widget.spec.editor !== 'points') continue;
    if (!widget.isLinked) return { name, text: String(widget.value) };
  }
  return undefined;
}

/** The place of the node's first picture that the pointer is over, in shares, and how near means the same place. */
export function pointUnder(
  context: EditorContext,
  view: NodeView,
  { graph }: Pointer,
): { readonly at: Shares; readonly reach: Shares } | undefined {
  const { pictures } = context.run.node(view.face.id);
  const [x, y] = [graph[0] - view.layout.pos[0], graph[1] - view.layout.pos[1]];
  const place = picturePlace(view, pictures, 0);
  if (!place) return undefined;
  const at = [(x - place.x) / place.width, (y - place.y) / place.height] as const;
  if (at.some((share) => share < 0 || share > 1)) return undefined;
  return { at, reach: [REACH / place.width, REACH / place.height] };
}

/**
 * Sets the point under the pointer in place of the others; with Shift adds it, or takes it away where it is one already. What the
 * node shows is then computed, unless something before it has changed as well. False where no point can be set.
 */
export function setPoint(context: EditorContext, view: NodeView, pointer: Pointer): boolean {
  const points = pointsOf(view);
  const under = points && pointUnder(context, view, pointer);
  if (!under) return false;
  const { id } = view.face;
  const isFresh = context.run.node(id).isStale !== true;
  const text = pointer.shift ? toggled(points.text, under) : written(under.at);
  context.host.edit({ kind: 'set', id, values: { [points.name]: text } });
  context.select([id]);
  if (isFresh) context.host.command('run-to-here');
  return true;
}

/** The points with one more, or without that which is near; the last one stays. */
function toggled(
  text: string,
  { at, reach }: { readonly at: Shares; readonly reach: Shares },
): string {
  const points = text.split(';').filter((part) => part.trim() !== '');
  const others = points.filter((point) => {
    const [x = NaN, y = NaN] = point
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    return !(Math.abs(x - at[0]) < reach[0] && Math.abs(y - at[1]) < reach[1]);
  });
  const isThere = others.length < points.length;
  const next = isThere && others.length > 0 ? others : [...others, written(at)];
  return next.map((point) => point.trim()).join('; ');
}

function written([x, y]: Shares): string {
  return `${x.toFixed(3)} ${y.toFixed(3)}`;
}
